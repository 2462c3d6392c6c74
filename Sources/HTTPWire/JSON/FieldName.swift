// SPDX-License-Identifier: Apache-2.0

/// A member's name in a pattern, or in what was recorded. Clients write the API's fields as `systemInstruction` or as `system_instruction`
/// (CORE 4.2), and what answers one should answer both: so where there is no member of just that name, the other spelling counts.
///
/// Names that are the user's own (arguments of functions, properties of schemas) go by their exact spelling, from the
/// member that holds them down.
package struct FieldName: Sendable {
    package let name: String
    private let other: String?
    /// As a place in an array; nil where it is none.
    package let index: Int?

    package init(_ name: String, isOwn: Bool) {
        self.name = name
        other = isOwn ? nil : FieldName.otherSpelling(name)
        let isNumber = name == "0" || !name.hasPrefix("0") && name.utf8.allSatisfy { 48...57 ~= $0 }
        index = isNumber ? Int(name) : nil
    }

    /// The value of the last member of that name; of the other spelling where there is none.
    package func value(in view: JSONView) -> JSONView? {
        if let found = view[name] { return found }
        return other.flatMap { view[$0] }
    }

    /// Whether a member is called so, in either spelling.
    package func isName(of member: JSONView.Member) -> Bool {
        member.isNamed(name) || other.map { member.isNamed($0) } ?? false
    }

    /// Whether the names inside a member are the user's own: generateContent's, then those of interactions.
    package static func holdsOwnNames(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { owners.contains($0) }
    }

    /// The same of a name in bytes.
    package static func holdsOwnNames(_ name: UnsafeBufferPointer<UInt8>) -> Bool { owners.contains(name) }

    private static let owners = NameList([
        "args", "response", "properties", "$defs", "parametersJsonSchema", "parameters_json_schema",
        "responseJsonSchema", "response_json_schema", "arguments", "result", "labels",
    ])

    /// The one of its two spellings that the API itself uses: `systemInstruction` for either.
    package static func canonical(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "_")) else { return name }
        return otherSpelling(name) ?? name
    }

    /// The same of a name in bytes; no copy is made of those that have no other spelling of the API.
    package static func withCanonical<Result>(
        _ name: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        guard name.contains(UInt8(ascii: "_")) else { return body(name) }
        var canonical = canonical(String(decoding: name, as: UTF8.self))
        return canonical.withUTF8(body)
    }

    private static func otherSpelling(_ name: String) -> String? {
        guard let first = name.utf8.first, isSmall(first) else { return nil }
        let hasCapitals = name.utf8.contains { isCapital($0) }
        let hasLines = name.utf8.contains(UInt8(ascii: "_"))
        guard hasCapitals != hasLines else { return nil }
        var (other, isRaised): ([UInt8], Bool) = ([], false)
        for byte in name.utf8 {
            if isCapital(byte) {
                other += [UInt8(ascii: "_"), byte | 0x20]
            } else if byte == UInt8(ascii: "_") {
                isRaised = true
            } else {
                other.append(isRaised && isSmall(byte) ? byte & 0xDF : byte)
                isRaised = false
            }
        }
        return String(decoding: other, as: UTF8.self)
    }

    private static func isSmall(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }

    private static func isCapital(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }
}
