// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe

/// Says in words what arrived, so that a wrong request is seen at once in the answer to it.
enum RequestSummary {
    /// How much of the last text is repeated.
    private static let quotedLength = 120
    /// How many parts, or functions, are told one by one.
    private static let listedParts = 20
    /// How much of a name, a type or an address is told: an answer isn't to grow with its request.
    private static let nameLength = 200

    static func of(_ request: GenerateContentRequest, model: String, media: RequestMedia) -> String {
        var text = "This is gemini-mock, answering by itself as "
        text.reserveCapacity(320)
        text += model
        let last = request.contents[request.contents.count - 1]
        if request.contents.count == 1 {
            text += ". It received: "
        } else {
            text += ". It received "
            text += request.contents.count.description
            text += " contents; the last: "
        }
        append(last, media, to: &text)
        if let system = request.systemInstruction {
            text += " System instruction: "
            append(system, media, to: &text)
        }
        if !request.functions.isEmpty {
            text += " Functions: "
            text += request.functions.prefix(listedParts).map { clipped($0.name) }.joined(separator: ", ")
            if request.functions.count > listedParts {
                text += ", and \(request.functions.count - listedParts) more"
            }
            text += "."
        }
        let said = last.text
        if !said.isEmpty {
            text += " The text was: \""
            text += quote(said)
            text += "\""
        }
        return text
    }

    private static func append(_ content: Content, _ media: RequestMedia, to text: inout String) {
        for (index, part) in content.parts.prefix(listedParts).enumerated() {
            if index > 0 { text += ", " }
            if case .text(let view) = part.data {
                append(characters: view, to: &text)
            } else {
                text += describe(part, media)
            }
        }
        if content.parts.count > listedParts { text += ", and \(content.parts.count - listedParts) more" }
        text += "."
    }

    private static func described(characters view: JSONView) -> String {
        var text = ""
        append(characters: view, to: &text)
        return text
    }

    private static func append(characters view: JSONView, to text: inout String) {
        let count = view.withStringBytes(characters) ?? 0
        text += "text of "
        text += count.description
        text += count == 1 ? " character" : " characters"
    }

    /// `text of 24 characters`, `audio/wav, 4.32 s, 138,284 bytes`, …
    static func describe(_ part: Part, _ media: RequestMedia) -> String {
        switch part.data {
        case .text(let view): described(characters: view)
        case .inlineData: media.medium(of: part).map { contents(of: $0) } ?? "an empty part"
        case .fileData(let file): describe(file, media.medium(of: part))
        case .functionCall(let view): "functionCall \(clipped(view.field("name")?.string ?? "?"))"
        case .functionResponse(let view):
            "functionResponse of \(clipped(view.field("name")?.string ?? "?"))"
                + given(part.responseMedia, media)
        case .other(let kind, _): kind
        case .none: "an empty part"
        }
    }

    private static func given(_ parts: [Part], _ media: RequestMedia) -> String {
        guard let first = parts.first else { return "" }
        return " with \(describe(first, media))" + (parts.count > 1 ? " and \(parts.count - 1) more" : "")
    }

    private static func describe(_ file: FileReference, _ medium: Medium?) -> String {
        switch medium?.place {
        case .file(let id): "file \(clipped(id))" + (medium.map { " (\(contents(of: $0)))" } ?? "")
        case .youTube: "YouTube video \(clipped(file.uri))"
        case .inline, nil:
            "file \(clipped(file.uri))" + (file.mimeType.isEmpty ? "" : " (\(clipped(file.mimeType)))")
        }
    }

    /// The type as the request names it or as it is stored, and what the bytes say: the same for the same bytes, inline or
    /// uploaded.
    static func contents(of medium: Medium) -> String {
        var words = [medium.mimeType.isEmpty ? "data without a type" : clipped(medium.mimeType)]
        let facts = medium.facts
        if let seconds = facts.seconds { words.append("\(hundredths(max(0, min(seconds, 1e9)))) s") }
        if let width = facts.width, let height = facts.height { words.append("\(width) × \(height) pixels") }
        if let pages = facts.pages { words.append(pages == 1 ? "1 page" : "\(pages) pages") }
        if let sizeBytes = medium.sizeBytes { words.append("\(grouped(sizeBytes)) bytes") }
        return words.joined(separator: ", ")
    }

    /// Unicode scalars: every byte but the continuation bytes.
    private static func characters(_ utf8: UnsafeBufferPointer<UInt8>) -> Int {
        // A counted loop without branches, which the compiler makes vectors of.
        var continuations = 0
        for at in 0..<utf8.count { continuations &+= utf8[at] & 0xC0 == 0x80 ? 1 : 0 }
        return utf8.count - continuations
    }

    private static func quote(_ text: String) -> String { clipped(text, quotedLength) }

    /// The beginning of `text`, of at most `length` characters. One character may be as long as the whole request, so
    /// its scalars are limited too (the longest emoji has ten).
    private static func clipped(_ text: String, _ length: Int = nameLength) -> String {
        guard text.utf8.count > length else { return text }
        let beginning = String(String.UnicodeScalarView(text.unicodeScalars.prefix(10 * length)))
        let start = beginning.prefix(length)
        return start.utf8.count == text.utf8.count ? text : start + "…"
    }

    private static func hundredths(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let rest = String(hundredths % 100)
        return "\(hundredths / 100).\(rest.count == 1 ? "0" : "")\(rest)"
    }

    private static func grouped(_ value: Int) -> String {
        let digits = Array(String(value))
        return digits.indices.map { index in
            let isBoundary = index > 0 && (digits.count - index) % 3 == 0
            return (isBoundary ? "," : "") + String(digits[index])
        }.joined()
    }
}
