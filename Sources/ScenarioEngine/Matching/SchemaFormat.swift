// SPDX-License-Identifier: Apache-2.0

/// A `format` of JSON Schema or OpenAPI that says something about a string. Those that aren't here are taken as notes, as
/// JSON Schema does.
struct SchemaFormat: Sendable {
    let name: String
    private let expression: RegularExpression

    /// - Returns: nil where the format asks nothing of a string.
    init?(_ name: String) {
        let name = name.lowercased()
        guard let expression = SchemaFormat.expressions[name] else { return nil }
        self.name = name
        self.expression = expression
    }

    func fits(_ text: UnsafeBufferPointer<UInt8>) -> Bool { expression.search(text) == .found }

    private static let expressions: [String: RegularExpression] = {
        let date = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
        let time =
            "(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
        let byte = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
        let host = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
        let uuid = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
        let patterns = [
            "date": date, "time": time, "date-time": "\(date)[Tt ]\(time)",
            "duration":
                "P(?=.)(?:[0-9]+W|(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?)",
            "email": "[^\\s@]+@[^\\s@]+", "hostname": "\(host)(?:\\.\(host))*", "uuid": uuid,
            "ipv4": "\(byte)(?:\\.\(byte)){3}",
            "ipv6": "(?=.*:.*:)[0-9A-Fa-f:]{2,39}(?:(?<=:)\(byte)(?:\\.\(byte)){3})?",
            "uri": "[A-Za-z][A-Za-z0-9+.-]*:[^\\s]*", "url": "[A-Za-z][A-Za-z0-9+.-]*:[^\\s]*",
        ]
        return patterns.compactMapValues { try? RegularExpression("\\A(?:\($0))\\z") }
    }()
}
