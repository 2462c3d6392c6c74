// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay

/// Turns a recorded answer into what is put on the wire: its bytes as they were, cut where they were cut, and in its times if
/// that is wanted. What tells length and framing is ours.
struct ReplayRenderer: Sendable {
    /// How many times as fast as recorded; 0 waits for nothing.
    let speed: Double

    /// What becomes of an answer.
    struct Rendered: Sendable {
        var plan: ResponsePlan
        /// The actions with uncompressed bytes.
        var readable: [WireAction]
    }

    /// - Parameter answer: with its body (`MissingBody`).
    func rendered(_ answer: RecordedAnswer, for head: RequestHead) -> Rendered {
        let pieces = ReplayRenderer.pieces(of: answer.body.bytes ?? [], answer.writes)
        let isGzip = ReplayRenderer.isGzip(answer)
        let decoded = isGzip ? GzipDecoding.decode(pieces) : nil
        let isDecoded = decoded != nil && !GzipCoding.isAccepted(by: head)
        let sent = isDecoded ? decoded ?? pieces : pieces
        var plan = ResponsePlan(
            head: ResponseHead(
                status: answer.status, fields: fields(answer, for: head, isDecoded: isDecoded)),
            framing: ReplayRenderer.framing(answer),
            actions: actions(sent, answer))
        plan.delay = answer.writes.first.flatMap { duration($0.at) } ?? .zero
        return Rendered(plan: plan, readable: decoded.map { actions($0, answer) } ?? plan.actions)
    }

    /// A body that ended with its connection is sent in chunks, and so is one that was broken off: the whole length that was
    /// announced isn't known, and a client sees by the missing last chunk that more was to come.
    private static func framing(_ answer: RecordedAnswer) -> ResponsePlan.Framing {
        if answer.ending != .complete { return .chunked }
        switch answer.framing {
        case .length: return .length
        case .chunked: return .chunked
        case .close: return answer.writes.count > 1 ? .chunked : .length
        }
    }

    private static func isGzip(_ answer: RecordedAnswer) -> Bool {
        let codings = answer.fields.filter { $0.name.lowercased() == "content-encoding" }
            .map { $0.value.lowercased().filter { $0 != " " } }
        return codings == ["gzip"] || codings == ["x-gzip"]
    }

    /// Left out are fields of one connection, which is another now, and `Alt-Svc`, which would lead a client with a hard-coded
    /// host to the live service. Whose page may read the answer is told anew.
    private func fields(_ answer: RecordedAnswer, for head: RequestHead, isDecoded: Bool)
        -> [HTTPFields.Field]
    {
        let hasOrigin = head.fields.contains("origin")
        return answer.fields.filter { field in
            switch field.name.lowercased() {
            case "content-encoding": !isDecoded
            case "access-control-allow-origin", "access-control-expose-headers": !hasOrigin
            case let name: !ReplayRenderer.omitted.contains(name)
            }
        }
    }

    private static let omitted: Set = [
        "content-length", "transfer-encoding", "connection", "keep-alive", "proxy-connection", "te",
        "trailer", "upgrade", "alt-svc",
    ]

    /// The body, cut where its writes ended. What they leave is a last one.
    private static func pieces(of bytes: [UInt8], _ writes: [RecordedAnswer.Write]) -> [[UInt8]] {
        var (pieces, at): ([[UInt8]], Int) = ([], 0)
        for write in writes {
            let end = min(bytes.count, at + max(0, write.count))
            pieces.append(Array(bytes[at..<end]))
            at = end
        }
        if at < bytes.count { pieces.append(Array(bytes[at...])) }
        return pieces
    }

    private func actions(_ pieces: [[UInt8]], _ answer: RecordedAnswer) -> [WireAction] {
        var actions: [WireAction] = []
        for (index, piece) in pieces.enumerated() {
            if index > 0, index < answer.writes.count,
                let wait = duration(answer.writes[index].at - answer.writes[index - 1].at)
            {
                actions.append(.wait(wait))
            }
            if !piece.isEmpty { actions.append(.send(piece)) }
        }
        switch answer.ending {
        case .complete: break
        case .truncated: actions.append(.truncate)
        case .reset: actions.append(.reset)
        }
        return actions
    }

    /// How long that takes now; nil where nothing.
    ///
    /// - Parameter microseconds: recorded.
    private func duration(_ microseconds: Int) -> Duration? {
        guard speed > 0, microseconds > 0 else { return nil }
        if speed == 1 { return .microseconds(microseconds) }
        let nanoseconds = Double(microseconds) * 1000 / speed
        // A year is more than anybody waits.
        return .nanoseconds(Int64(min(nanoseconds, 3.2e16)))
    }
}
