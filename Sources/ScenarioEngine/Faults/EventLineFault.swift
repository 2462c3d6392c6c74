// SPDX-License-Identifier: Apache-2.0

/// Gives each event a name in a line before its data (PEERS SSE-10). Events that have one keep it.
struct EventLineFault: Fault {
    var name = "message"

    func apply(to plan: inout WirePlan) {
        plan.plan.changeLines { lines, _ in if lines.name == nil { lines.insert("event: \(name)") } }
    }
}
