// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A JSON pointer (RFC 6901) into values that were received. A list's last element is `-1`.
struct JSONPath: Sendable, Equatable {
    let text: String
    private let names: [String]

    /// - Returns: nil where the text is no pointer.
    init?(_ text: String) {
        self.text = text
        guard !text.isEmpty else {
            names = []
            return
        }
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        names = text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map {
                JSONPath.unescaped(String(Substring($0)))
            }
    }

    init?(_ value: LocatedJSON, _ problems: CaseProblemList) {
        guard case .string(let text) = value.kind, let path = JSONPath(text) else {
            problems.add(value, "a JSON pointer such as /contents/0 is expected here, found \(value.found)")
            return nil
        }
        self = path
    }

    func value(in whole: JSON) -> JSON? {
        var value = whole
        for name in names {
            switch value {
            case .object:
                guard let next = value[name] else { return nil }
                value = next
            case .array(let elements):
                guard let number = Int(name) else { return nil }
                let index = number < 0 ? elements.count + number : number
                guard elements.indices.contains(index) else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }

    private static func unescaped(_ name: String) -> String {
        var out = ""
        var isEscape = false
        for scalar in name.unicodeScalars {
            if isEscape {
                out += scalar == "1" ? "/" : scalar == "0" ? "~" : "~\(scalar)"
                isEscape = false
            } else if scalar == "~" {
                isEscape = true
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return isEscape ? out + "~" : out
    }
}
