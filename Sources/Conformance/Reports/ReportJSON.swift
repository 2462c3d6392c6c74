// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// An object of a report, with its place in it: what is missing or wrong is told with its JSON pointer.
struct ReportJSON {
    private let json: JSON
    private let place: String

    init(_ json: JSON, at place: String) { (self.json, self.place) = (json, place) }

    func wrong(_ name: String) -> RunReport.Unreadable {
        RunReport.Unreadable("\(place)/\(name) is missing, or not what it should be")
    }

    func has(_ name: String) -> Bool { json[name] != nil }

    func textIfPresent(_ name: String) -> String? {
        if case .string(let text)? = json[name] { text } else { nil }
    }

    func bool(_ name: String) -> Bool { json[name] == .bool(true) }

    func text(_ name: String) throws(RunReport.Unreadable) -> String {
        guard let text = textIfPresent(name) else { throw wrong(name) }
        return text
    }

    func int(_ name: String, within range: ClosedRange<Int> = 0...ReportJSON.mostBytes)
        throws(RunReport.Unreadable) -> Int
    {
        guard case .int(let number)? = json[name], range.contains(number) else { throw wrong(name) }
        return number
    }

    /// A pebibyte: no body is larger, and as many of them as a file has room for can be added up.
    static let mostBytes = 1 << 50

    func word<Word: RawRepresentable>(_ name: String) throws(RunReport.Unreadable) -> Word
    where Word.RawValue == String {
        guard let word = Word(rawValue: try text(name)) else { throw wrong(name) }
        return word
    }

    /// Milliseconds.
    func time(_ name: String) throws(RunReport.Unreadable) -> Duration {
        let milliseconds: Double
        switch json[name] {
        case .int(let number): milliseconds = Double(number)
        case .double(let number): milliseconds = number
        default: throw wrong(name)
        }
        // No run lasts a thousand days.
        guard abs(milliseconds) < 86_400_000_000 else { throw wrong(name) }
        return .microseconds(Int64((milliseconds * 1000).rounded()))
    }

    func object(_ name: String) throws(RunReport.Unreadable) -> ReportJSON {
        guard case .object? = json[name], let value = json[name] else { throw wrong(name) }
        return ReportJSON(value, at: "\(place)/\(name)")
    }

    func objects(_ name: String) throws(RunReport.Unreadable) -> [ReportJSON] {
        guard case .array(let elements)? = json[name] else { throw wrong(name) }
        return elements.enumerated().map { ReportJSON($1, at: "\(place)/\(name)/\($0)") }
    }

    func fields() throws(RunReport.Unreadable) -> [HTTPFields.Field] {
        guard case .array(let elements)? = json["fields"] else { throw wrong("fields") }
        var fields: [HTTPFields.Field] = []
        for element in elements {
            guard case .array(let pair) = element, pair.count == 2, case .string(let name) = pair[0],
                case .string(let value) = pair[1]
            else { throw wrong("fields") }
            fields.append(HTTPFields.Field(name, value))
        }
        return fields
    }

    /// `{"text": …}` or `{"base64": …}`.
    func bytes(_ name: String) throws(RunReport.Unreadable) -> [UInt8] {
        let value = try object(name)
        if let text = value.textIfPresent("text") { return Array(text.utf8) }
        let encoded = Array(try value.text("base64").utf8)
        let decoded = encoded.withUnsafeBufferPointer { pointer -> [UInt8]? in
            Base64Text(pointer)?.decoded()
        }
        guard let decoded else { throw wrong(name) }
        return decoded
    }
}
