// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A wire log for people: both directions, in milliseconds since the case began.
package enum WireText {
    /// So many lines of an answer's writes, and so many bytes of a body are shown.
    private static let mostWrites = 20
    private static let mostBytes = 400

    /// - Parameter marked: the number of the exchange that a check is about; it gets a `▶`.
    package static func lines(_ exchanges: [WireExchange], marked: Int? = nil) -> [String] {
        exchanges.enumerated().flatMap { number, exchange in
            lines(exchange, number: number + 1, isMarked: number == marked)
        }
    }

    private static func lines(_ exchange: WireExchange, number: Int, isMarked: Bool) -> [String] {
        let request = exchange.request
        let mark = isMarked ? "▶" : " "
        var lines = [
            "\(mark) \(time(request.at)) → \(number). \(request.method) \(ValueText.cut(request.target))"
        ]
        let shown = request.fields.filter { isTelling($0.name) }
        lines += shown.map { "             \($0.name): \(ValueText.cut($0.value))" }
        if request.length > 0 { lines.append("             \(request.length) bytes\(text(request.body))") }
        guard let answer = exchange.answer else {
            return lines + ["  \(time(request.whole)) → the request never came whole"]
        }
        lines.append("  \(time(answer.at)) ← \(number). \(answer.status), \(answer.length) bytes")
        if answer.writes.count > 1 {
            lines += writes(answer)
        } else if answer.length > 0 {
            lines.append("             \(text(answer.body).dropFirst(2))")
        }
        if let ending = answer.ending, let ended = answer.ended, ending != .complete {
            lines.append("  \(time(ended)) ← \(number). \(words(ending))")
        } else if answer.ended == nil {
            lines.append("             it still goes on")
        }
        return lines
    }

    private static func writes(_ answer: WireExchange.Answer) -> [String] {
        var start = 0
        var lines: [String] = []
        for write in answer.writes.prefix(mostWrites) {
            let end = min(answer.body.count, start + write.bytes)
            let piece = start < end ? Array(answer.body[start..<end]) : []
            lines.append("  \(time(write.at)) ←    \(write.bytes) bytes\(text(piece))")
            start += write.bytes
        }
        if answer.writes.count > mostWrites {
            lines.append("             and \(answer.writes.count - mostWrites) more writes")
        }
        return lines
    }

    private static func text(_ bytes: [UInt8]) -> String {
        guard !bytes.isEmpty else { return "" }
        let shown = String(decoding: bytes.prefix(mostBytes), as: UTF8.self)
        let visible = shown.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "\r": text += "␍"
            case "\n": text += "␊"
            case "\t": text += "␉"
            default:
                let isHidden = scalar.isActedUpon || scalar.value == 0xFEFF
                text.unicodeScalars.append(isHidden ? "\u{FFFD}" : scalar)
            }
        }
        return ": \(visible)\(bytes.count > mostBytes ? "…" : "")"
    }

    /// What every client sends isn't told.
    private static func isTelling(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasPrefix("x-goog") || name.hasPrefix("content-") || name == "authorization"
            || name == "range" || name == "retry-after"
    }

    static func words(_ ending: DeliveryEnding) -> String {
        switch ending {
        case .complete: "sent whole"
        case .broken: "broken off, as the case wants it"
        case .clientLeft: "the client closed the connection"
        case .timedOut: "the client neither sent nor took anything"
        case .stopped: "the server was stopped"
        }
    }

    private static func time(_ time: Duration) -> String {
        let text = TimeText.number(time)
        return String(repeating: " ", count: max(0, 7 - text.count)) + text + " ms"
    }
}
