// SPDX-License-Identifier: Apache-2.0

/// A deliberate break of the wire: a function from plan to plan. Each is a file in `Faults/` and a line in `FaultTable`.
protocol Fault: Sendable {
    func apply(to plan: inout WirePlan)
}
