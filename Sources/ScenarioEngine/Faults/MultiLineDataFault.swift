// SPDX-License-Identifier: Apache-2.0

/// Spreads the data of each event over three `data:` lines, which joined by LF are the same JSON (PEERS SSE-11).
struct MultiLineDataFault: Fault {
    func apply(to plan: inout WirePlan) {
        plan.plan.changeLines { lines, _ in
            guard let at = lines.dataLine, lines.dataLineCount == 1 else { return }
            let line = lines.lines[at]
            let start = EventLines.valueStart(in: line.text)
            let text = line.text[start...]
            guard text.count > 2, text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}") else {
                return
            }
            let pieces: [[UInt8]] = [
                Array(line.text[..<start]) + [UInt8(ascii: "{")],
                Array("data: ".utf8) + text.dropFirst().dropLast(),
                Array("data: }".utf8),
            ]
            lines.lines.replaceSubrange(
                at...at, with: pieces.map { EventLines.Line(text: $0, end: line.end) })
        }
    }
}
