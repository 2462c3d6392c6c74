// SPDX-License-Identifier: Apache-2.0

/// Leaves out the last brace of a JSON text (PEERS ERR-10, after Firebase's `invalid-json`): of the event behind the
/// point, the first unless one is told.
struct MalformedJSONFault: Fault {
    /// How many events stay as they are.
    var after = 0

    func apply(to plan: inout WirePlan) {
        plan.plan.changeTexts { text, number in
            guard number == after, let brace = text.lastIndex(of: UInt8(ascii: "}")) else { return }
            text.remove(at: brace)
        }
    }
}
