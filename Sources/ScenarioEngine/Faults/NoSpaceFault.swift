// SPDX-License-Identifier: Apache-2.0

/// Leaves out the blank behind `data:` (PEERS SSE-12).
struct NoSpaceFault: Fault {
    func apply(to plan: inout WirePlan) {
        plan.plan.changeLines { lines, _ in
            guard let at = lines.dataLine else { return }
            let start = EventLines.valueStart(in: lines.lines[at].text)
            if lines.lines[at].text[start - 1] == UInt8(ascii: " ") {
                lines.lines[at].text.remove(at: start - 1)
            }
        }
    }
}
