// SPDX-License-Identifier: Apache-2.0

/// Gives each event a number in an `id:` line before its data, from 1 (PEERS SSE-10).
struct IDLineFault: Fault {
    func apply(to plan: inout WirePlan) {
        plan.plan.changeLines { lines, number in lines.insert("id: \(number + 1)") }
    }
}
