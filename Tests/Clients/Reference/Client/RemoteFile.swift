// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A file as the service tells it.
struct RemoteFile {
    let json: JSON
    private let flaws: Set<Flaw>

    init(_ json: JSON, _ flaws: Set<Flaw>) { (self.json, self.flaws) = (json, flaws) }

    /// `files/…`.
    var name: String { json["name"]?.text ?? "" }
    var state: String { json["state"]?.text ?? "" }
    /// The lower-case hex digits: the service tells base64 of them.
    var hash: String? {
        (json["sha256Hash"]?.text).map { String(decoding: Base64Digits.bytes($0), as: UTF8.self) }
    }

    /// - Throws: `ClientFailure` where a time can't be read.
    func told() throws -> JSON {
        let size: JSON? =
            flaws.contains(.sizeIsText) ? json["sizeBytes"] : json["sizeBytes"]?.number.map { .int($0) }
        let members: [(String, JSON?)] = [
            ("name", json["name"]), ("uri", json["uri"]), ("mimeType", json["mimeType"]),
            ("displayName", json["displayName"]), ("state", json["state"]), ("sizeBytes", size),
            ("createTime", try time("createTime")), ("expirationTime", try time("expirationTime")),
        ]
        return .object(members.compactMap { name, value in value.map { JSON.Member(name, $0) } })
    }

    private func time(_ name: String) throws -> JSON? {
        guard let text = json[name]?.text else { return nil }
        guard let seconds = TimeStamp.seconds(text, flaws) else {
            throw ClientFailure("protocol", "\(name) is no time: \(text)")
        }
        return .double(seconds)
    }
}

/// Times as protocol buffers write them in JSON: RFC 3339 with 0, 3, 6 or 9 digits of a second, and `Z` or an offset.
enum TimeStamp {
    /// Since 1970; nil where it is none.
    static func seconds(_ text: String, _ flaws: Set<Flaw> = []) -> Double? {
        let numbers = text.split { !$0.isASCII || !$0.isNumber }
        guard numbers.count >= 6, let year = Int(numbers[0]), let month = Int(numbers[1]),
            let day = Int(numbers[2]), let hour = Int(numbers[3]), let minute = Int(numbers[4]),
            let second = Int(numbers[5]), (1...12).contains(month), year > 1969
        else { return nil }
        var fraction = 0.0
        var rest = numbers.dropFirst(6)
        if text.utf8.contains(UInt8(ascii: ".")), let digits = rest.popFirst() {
            fraction = Double("0.\(digits)") ?? 0
            if flaws.contains(.wantsMicroseconds), digits.utf8.count != 6 { return nil }
        } else if flaws.contains(.wantsMicroseconds) {
            return nil
        }
        guard let end = text.utf8.last else { return nil }
        var offset = 0
        if end != UInt8(ascii: "Z"), end != UInt8(ascii: "z") {
            guard rest.count == 2, let hours = Int(rest.removeFirst()), let minutes = Int(rest.removeFirst())
            else { return nil }
            let sign = text.utf8.dropLast(5).last == UInt8(ascii: "-") ? -1 : 1
            offset = sign * (hours * 3600 + minutes * 60)
        }
        // Days since 1970, with March as the first month (Howard Hinnant, “chrono-compatible date algorithms”).
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
        return Double(days * 86_400 + hour * 3600 + minute * 60 + second - offset) + fraction
    }
}

/// Base64 in either alphabet, padded or not; what is no digit is left out.
enum Base64Digits {
    static func bytes(_ text: String) -> [UInt8] {
        var (bits, count) = (UInt32(0), 0)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            let value: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
            default: continue
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }
}
