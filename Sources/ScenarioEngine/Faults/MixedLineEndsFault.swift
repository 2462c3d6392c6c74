// SPDX-License-Identifier: Apache-2.0

/// Ends the lines of every second event with LF where the others have CRLF, and the other way round (PEERS SSE-03).
struct MixedLineEndsFault: Fault {
    func apply(to plan: inout WirePlan) {
        plan.plan.changeLines { lines, number in
            guard !number.isMultiple(of: 2) else { return }
            for at in lines.lines.indices where !lines.lines[at].end.isEmpty {
                lines.lines[at].end = lines.lines[at].end == EventLines.lf ? EventLines.crlf : EventLines.lf
            }
        }
    }
}
