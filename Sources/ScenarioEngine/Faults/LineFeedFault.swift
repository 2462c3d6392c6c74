// SPDX-License-Identifier: Apache-2.0

/// Ends all lines of the events with LF alone (PEERS SSE-02).
struct LineFeedFault: Fault {
    func apply(to plan: inout WirePlan) {
        plan.plan.changeLines { lines, _ in
            for at in lines.lines.indices where !lines.lines[at].end.isEmpty {
                lines.lines[at].end = EventLines.lf
            }
        }
    }
}
