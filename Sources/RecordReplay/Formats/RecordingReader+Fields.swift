// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Header fields.
extension RecordingReader {
    func fields(_ at: Int) -> [HTTPFields.Field] {
        guard nodes.kind(at) == .array else {
            add(at, "“headers” must be a list of “Name: value”, found \(kindName(at))")
            return []
        }
        var fields: [HTTPFields.Field] = []
        forEach(at) { element in
            if let field = field(element) {
                fields.append(field)
            } else {
                add(element, "a header must be “Name: value”, or a list of both, found \(kindName(element))")
            }
        }
        return fields
    }

    private func field(_ at: Int) -> HTTPFields.Field? {
        switch nodes.kind(at) {
        case .string:
            let raw = nodes.raw(at)
            if let known = knownFields.field(raw, nodes) { return known }
            let field: HTTPFields.Field? = nodes.withContent(at) { text in
                guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon + 1 < text.count,
                    text[colon + 1] == 0x20
                else { return nil }
                return HTTPFields.Field(
                    String(decoding: text[..<colon], as: UTF8.self),
                    String(decoding: text[(colon + 2)...], as: UTF8.self))
            }
            // One that is wrong is told each time.
            if let field, isSendable(field, at) { knownFields.keep(field, raw, at: at) }
            return field
        case .array:
            var texts: [String] = []
            forEach(at) { if nodes.kind($0) == .string { texts.append(nodes.text($0)) } }
            guard texts.count == 2 else { return nil }
            let field = HTTPFields.Field(texts[0], texts[1])
            _ = isSendable(field, at)
            return field
        default: return nil
        }
    }

    /// Whether it can stand in a head (RFC 9110, 5.1 and 5.5); tells why not.
    private func isSendable(_ field: HTTPFields.Field, _ at: Int) -> Bool {
        guard HTTPFields.isToken(field.name) else {
            add(
                at,
                "the name of a header must be a token (\(HTTPFields.tokenCharacters)), \(shown(field.name))")
            return false
        }
        guard !field.value.utf8.contains(where: HTTPFields.endsLine) else {
            add(at, "the value of \(field.name.prefix(60)) may have no CR, LF or NUL")
            return false
        }
        return true
    }

    /// A text that is short, or only its beginning.
    func shown(_ text: String) -> String {
        text.isEmpty ? "found nothing" : "found “\(text.prefix(60))”"
    }
}
