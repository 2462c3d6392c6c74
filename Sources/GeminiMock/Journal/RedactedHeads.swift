// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The request heads that came lately, without credentials: a client sends the same one again and again, and to look for
/// credentials in it costs as much as all else that the journal does with a small request.
final class RedactedHeads: Sendable {
    /// A head as the journal keeps it, and who knows its credentials.
    struct Redacted: Sendable {
        let target: String
        let fields: HTTPFields
        let redactor: Redactor

        init(_ head: RequestHead, _ redactor: Redactor) {
            target = redactor.target(head.target)
            fields = redactor.fields(head.fields)
            self.redactor = redactor
        }
    }

    private struct Known: Sendable {
        let head: RequestHead
        let redacted: Redacted
    }

    /// More than that are looked through in vain where heads differ.
    private static let most = 4

    /// The one that came last is the first.
    private let known = Monitor<[Known]>([])

    func redacted(_ head: RequestHead) -> Redacted {
        let found = known.withLock { known in
            known.first { $0.head.target.raw == head.target.raw && $0.head.fields == head.fields }?.redacted
        }
        if let found { return found }
        let redacted = Redacted(head, Redactor(of: head))
        known.withLock { known in
            if known.count == RedactedHeads.most { known.removeLast() }
            known.insert(Known(head: head, redacted: redacted), at: 0)
        }
        return redacted
    }
}
