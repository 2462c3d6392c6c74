// SPDX-License-Identifier: Apache-2.0

/// Closes the connection in order before anything is said: what curl calls an empty reply (its exit code 52).
struct EmptyReplyFault: Fault {
    func apply(to plan: inout WirePlan) { plan.instead = [] }
}
