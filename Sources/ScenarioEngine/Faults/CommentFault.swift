// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Sends a comment line: alone, or inside an event in front of its data (PEERS SSE-08, SSE-09, SSE-14).
struct CommentFault: Fault {
    var text = "keep-alive"
    var isInside = false
    /// How many events come before it.
    var after = 1

    func apply(to plan: inout WirePlan) {
        guard plan.plan.streamForm == .events else { return }
        let comment = ": \(text)"
        if isInside {
            plan.plan.changeLines { lines, number in if number == after { lines.insert(comment) } }
            return
        }
        let end = plan.plan.lineEnd
        plan.plan.changeEvents { actions, places in
            let at = after > places.count ? actions.count : after > 0 ? places[after - 1] + 1 : 0
            actions.insert(.send(Array(comment.utf8) + end + end), at: at)
        }
    }
}
