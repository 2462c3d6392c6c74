// SPDX-License-Identifier: Apache-2.0

/// Begins the stream with a byte order mark, which the standard of server-sent events allows (PEERS SSE-13).
struct ByteOrderMarkFault: Fault {
    func apply(to plan: inout WirePlan) {
        plan.plan.changeLines { lines, number in
            guard number == 0, !lines.lines.isEmpty else { return }
            lines.lines[0].text = EventLines.byteOrderMark + lines.lines[0].text
        }
    }
}
