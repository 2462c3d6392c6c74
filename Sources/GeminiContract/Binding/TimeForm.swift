// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// `google.protobuf.Duration` and `Timestamp` as JSON: `"1.5s"`, `"2026-08-19T14:34:14.09Z"`.
///
/// What is told of wrong ones is worded as in protobuf's converter; not seen on this API.
enum TimeForm {
    /// What is wrong with a value that is no object; nil where nothing is.
    static func problem(_ nodes: JSONNodes, _ at: Int, isDuration: Bool) -> String? {
        guard nodes.kind(at) == .string else {
            let type = isDuration ? "duration" : "timestamp"
            return "Invalid data type for \(type), value is \(ScalarForm.echo(nodes, at))"
        }
        return nodes.withContent(at) { isDuration ? duration($0) : timestamp($0) }
    }

    private static func duration(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        guard text.last == UInt8(ascii: "s") else {
            return "Illegal duration format; duration must end with 's'"
        }
        var digits = text.dropLast()
        if digits.first == UInt8(ascii: "-") { digits = digits.dropFirst() }
        let whole = digits.prefix { isDigit($0) }
        guard !whole.isEmpty, whole.count <= 12, let seconds = Int(String(decoding: whole, as: UTF8.self))
        else {
            return "Invalid duration format, failed to parse seconds"
        }
        let rest = digits.dropFirst(whole.count)
        let nanos = rest.dropFirst()
        guard rest.isEmpty || rest.first == UInt8(ascii: ".") && nanos.count <= 9 && nanos.allSatisfy(isDigit)
        else {
            return "Invalid duration format, failed to parse nano seconds"
        }
        // 10,000 years, the limit of the type.
        return seconds > 315_576_000_000 ? "Duration value exceeds limits" : nil
    }

    /// RFC 3339: date, `T`, time, maybe a fraction, `Z` or an offset.
    private static func timestamp(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        let pattern = Array("0000-00-00T00:00:00".utf8)
        let isFormed =
            text.count > pattern.count
            && pattern.indices.allSatisfy { index in
                pattern[index] == UInt8(ascii: "0") ? isDigit(text[index]) : pattern[index] == text[index]
            }
        guard isFormed, isZone(text.dropFirst(pattern.count)) else {
            return "Invalid time format: \(String(decoding: text, as: UTF8.self))"
        }
        return nil
    }

    private static func isZone(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> Bool {
        var rest = text
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { isDigit($0) }
            guard (1...9).contains(fraction.count) else { return false }
            rest = rest.dropFirst(1 + fraction.count)
        }
        if rest.count == 1 { return rest.first == UInt8(ascii: "Z") }
        let offset = Array(rest)
        return offset.count == 6 && (offset[0] == UInt8(ascii: "+") || offset[0] == UInt8(ascii: "-"))
            && offset[3] == UInt8(ascii: ":") && [1, 2, 4, 5].allSatisfy { isDigit(offset[$0]) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
