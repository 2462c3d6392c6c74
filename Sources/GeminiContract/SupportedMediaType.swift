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

    /// Documented as text that goes under `application/` (google/generative-ai-docs#401; "Document understanding").
    /// Seen refused are `application/octet-stream` (google/generative-ai-go#120, handley-lab/mcp-handley-lab#51),
    /// `application/cu-seeme` (googleapis/python-genai#744) and Word documents (googleapis/python-genai#829).
    private static let textApplications: Set = [
        "json", "rtf", "x-javascript", "x-typescript", "x-python", "x-python-code",
    ]

    /// Whether it has the form of a type at all. Files of any such type can be uploaded, `image/tiff` and Word documents
    /// among them; `jsonl` can't (googleapis/python-genai#1547, 2025-10).
    public static func isWellFormed(_ mimeType: String) -> Bool { names(of: mimeType) != nil }

    /// What a medium of that type counts as.
    ///
    /// All of `audio/`, `video/` and `text/` is taken, since no refusal of any was seen. Documented are:
    /// - sound: wav, mp3, aiff, aac, ogg, flac (CORE 5.3); mpeg, m4a, mpga, mp4, opus, pcm, webm (Firebase, "Supported input
    ///   files"; epam/ai-dial-adapter-vertexai#484)
    /// - films: mp4, mpeg, mov, avi, x-flv, mpg, webm, wmv, 3gpp ("Video understanding"); quicktime (Firebase)
    /// - text: plain, html, css, csv, markdown, xml, rtf, javascript, x-python, x-typescript
    ///   (google/generative-ai-docs#401), and a member of the team says that there are more
    ///
    /// - Throws: the refusal in the API's words.
    public static func modality(of mimeType: String) throws(APIError) -> Modality {
        guard let (type, subtype) = names(of: mimeType) else { throw .unsupportedType(mimeType) }
        switch type {
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

    /// Type and subtype in lower case, without parameters and the space around; nil where it has another form.
    private static func names(of mimeType: String) -> (String, String)? {
        let bare = mimeType.utf8.prefix { $0 != UInt8(ascii: ";") }.drop { $0 == UInt8(ascii: " ") }
        let names = Substring(bare).lowercased().split(
            separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard names.count == 2 else { return nil }
        var subtype = names[1]
        while subtype.last == " " { subtype.removeLast() }
        return isToken(names[0]) && isToken(subtype) ? (String(names[0]), String(subtype)) : nil
    }

    /// RFC 6838, 4.2: what names may be made of.
    private static func isToken(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: "!#$&-^_.+".utf8.contains(byte)
                }
            }
    }
}
