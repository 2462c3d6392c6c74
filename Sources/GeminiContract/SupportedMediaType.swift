// SPDX-License-Identifier: Apache-2.0

/// Which media types the API takes in a prompt, and as what it counts them (CORE 5.2, 5.3, 6.4).
///
/// The same for inline data and for the stored type of a file, in generateContent, streamGenerateContent and
/// countTokens. Upper case and parameters (`audio/l16; rate=24000`) make no difference.
public enum SupportedMediaType {
    /// Documented under "Image understanding", and nothing else is taken: seen refused are `image/jpg`
    /// (ogkalu2/comic-translate#399, 2026-01), `image/svg+xml` (google-gemini/gemini-cli#3054), `image/gif`
    /// (Mai-with-u/MaiBot#1435, 2025-12; Gemini 1.5 took it).
    private static let images: Set = ["png", "jpeg", "webp", "heic", "heif"]

    /// Pictures that are refused in other words: googleapis/js-genai#862, google-gemini/gemini-cli#14838.
    private static let undecodableImages: Set = ["tiff", "bmp"]

    /// Documented as text that goes under `application/` ("File prompting", "Document understanding", "File input
    /// methods"). Seen refused are `application/octet-stream` (google/generative-ai-go#120, handley-lab/mcp-handley-lab#51),
    /// `application/cu-seeme` (googleapis/python-genai#744) and Word documents (googleapis/python-genai#829).
    private static let textApplications: Set = [
        "json", "rtf", "x-javascript", "x-typescript", "x-python", "x-python-code",
    ]

    /// What a medium of that type counts as.
    ///
    /// All of `audio/`, `video/` and `text/` is taken: the documentation lists wav, mp3, mpeg, aiff, aac, ogg, flac, m4a,
    /// mp4, opus, pcm and webm; mp4, mpeg, mov, quicktime, avi, x-flv, mpg, webm, wmv and 3gpp; plain, html, css, csv,
    /// markdown, xml, rtf, javascript, x-python and x-typescript, and says that there are more. No refusal of any was seen.
    ///
    /// - Throws: the refusal in the API's words.
    public static func modality(of mimeType: String) throws(APIError) -> Modality {
        let type = essence(of: mimeType)
        guard let slash = type.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            throw .unsupportedType(mimeType)
        }
        let subtype = String(type[type.utf8.index(after: slash)...])
        guard isToken(subtype) else { throw .unsupportedType(mimeType) }
        switch type[..<slash] {
        case "audio": return .audio
        case "video": return .video
        case "text": return .text
        case "image" where images.contains(subtype): return .image
        case "image" where undecodableImages.contains(subtype): throw .invalidArgument
        case "application" where subtype == "pdf": return .document
        // Seen taken: simonw/llm-gemini#35.
        case "application" where subtype == "ogg": return .audio
        case "application" where textApplications.contains(subtype): return .text
        default: throw .unsupportedType(mimeType)
        }
    }

    /// Type and subtype in lower case, without parameters and the space around.
    private static func essence(of mimeType: String) -> String {
        let bare = mimeType.utf8.prefix { $0 != UInt8(ascii: ";") }
        let start = bare.drop { $0 == UInt8(ascii: " ") }
        let end = start.lastIndex { $0 != UInt8(ascii: " ") }.map { start.index(after: $0) } ?? start.endIndex
        return String(Substring(start[..<end])).lowercased()
    }

    /// RFC 6838, 4.2: what names may be made of.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: "!#$&-^_.+".utf8.contains(byte)
                }
            }
    }
}
