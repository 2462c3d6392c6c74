// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// A deliberate break of the wire: a function from plan to plan. Each is a file in `Faults/` and a line in `FaultTable`.
protocol Fault: Sendable {
    func apply(to plan: inout WirePlan)

    /// What goes wrong already while a request of an upload is received and carried out.
    func add(to trouble: inout UploadTrouble)
}

extension Fault {
    func apply(to plan: inout WirePlan) {}
    func add(to trouble: inout UploadTrouble) {}
}
