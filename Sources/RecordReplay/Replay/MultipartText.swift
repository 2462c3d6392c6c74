// SPDX-License-Identifier: Apache-2.0

/// A `multipart/related` body that is all there, as far as it takes to compare two of them.
enum MultipartText {
    struct Part {
        /// What its `Content-Type` says, in lower case.
        let type: String?
        let bytes: [UInt8]
    }

    /// More of them aren't told apart.
    private static let mostParts = 16

    /// The boundary that a `Content-Type` names; nil where it names none.
    static func boundary(of type: String?) -> String? {
        // By far the most are about JSON: one letter tells them.
        guard let type, type.utf8.first == UInt8(ascii: "m") || type.utf8.first == UInt8(ascii: "M"),
            type.lowercased().hasPrefix("multipart/")
        else { return nil }
        for parameter in type.split(separator: ";").dropFirst() {
            let words = parameter.split(separator: "=", maxSplits: 1)
            guard words.count == 2, words[0].filter({ $0 != " " }).lowercased() == "boundary" else {
                continue
            }
            let value = words[1].drop { $0 == " " || $0 == "\"" || $0 == "'" }
            let end = value.firstIndex { $0 == "\"" || $0 == "'" } ?? value.endIndex
            return value[..<end].isEmpty ? nil : String(value[..<end])
        }
        return nil
    }

    /// - Returns: nil where it isn't made of parts.
    static func parts(of body: [UInt8], boundary: String) -> [Part]? {
        let mark = Array("--\(boundary)".utf8)
        var (parts, start): ([Part], Int?) = ([], nil)
        for at in marks(mark, in: body) {
            if let start, start <= at, parts.count < mostParts { parts.append(part(body[start..<at])) }
            start = at + mark.count
        }
        return parts.isEmpty ? nil : parts
    }

    /// Where lines begin with the mark.
    private static func marks(_ mark: [UInt8], in body: [UInt8]) -> [Int] {
        guard let first = mark.first else { return [] }
        var (found, at): ([Int], Int) = ([], 0)
        while at + mark.count <= body.count, found.count <= mostParts {
            guard let next = body[at...].firstIndex(of: first), next + mark.count <= body.count else { break }
            let isAtLine = next == 0 || body[next - 1] == UInt8(ascii: "\n")
            if isAtLine, body[next..<(next + mark.count)].elementsEqual(mark) {
                found.append(next)
                at = next + mark.count
            } else {
                at = next + 1
            }
        }
        return found
    }

    /// - Parameter text: from behind a boundary to the next one.
    private static func part(_ text: ArraySlice<UInt8>) -> Part {
        var text = text.dropFirst(
            text.firstIndex(of: UInt8(ascii: "\n")).map { $0 - text.startIndex + 1 } ?? 0)
        var type: String?
        while let end = text.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: text[..<end], as: UTF8.self).lowercased()
                .filter { $0 != "\r" && $0 != "\r\n" }
            text = text[(end + 1)...]
            if line.isEmpty { break }
            if line.hasPrefix("content-type:") { type = line.dropFirst(13).filter { $0 != " " } }
        }
        // The line end before the boundary belongs to that.
        if text.last == UInt8(ascii: "\n") { text = text.dropLast() }
        if text.last == UInt8(ascii: "\r") { text = text.dropLast() }
        return Part(type: type, bytes: Array(text))
    }
}
