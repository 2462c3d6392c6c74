// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The head of a request without credentials. The records of requests that came with the same one share it.
final class RedactedHead: Sendable {
    let method: String
    let target: String
    let fields: HTTPFields
    /// Whether the request says which web page it is sent for.
    let namesOrigin: Bool

    init(_ head: RequestHead, _ redactor: Redactor) {
        method = head.method
        target = redactor.target(head.target)
        fields = redactor.fields(head.fields)
        namesOrigin = head.fields.contains("origin")
    }

    /// What it takes to keep, in bytes; about.
    var cost: Int { 300 + target.utf8.count + 2 * fields.byteCount }
}

/// The request heads that came lately, without credentials: a client sends the same one again and again, and to look for
/// credentials in it costs as much as all else that the journal does with a small request.
final class RedactedHeads: Sendable {
    /// A head as the journal keeps it, and who knows its credentials. A class: to find it costs one reference count.
    final class Redacted: Sendable {
        private let original: RequestHead
        let head: RedactedHead
        let redactor: Redactor

        init(_ head: RequestHead, _ redactor: Redactor) {
            original = head
            self.head = RedactedHead(head, redactor)
            self.redactor = redactor
        }

        fileprivate func isOf(_ other: RequestHead) -> Bool {
            original.method == other.method && original.target.raw == other.target.raw
                && original.fields == other.fields
        }
    }

    /// More than that are looked through in vain where heads differ.
    private static let most = 4

    /// The one that came last is the first.
    private let known = Monitor<[Redacted]>([])

    /// - Returns: with it, whether it is kept already.
    func redacted(_ head: RequestHead) -> (Redacted, isShared: Bool) {
        let found = known.withLock { known in known.first { $0.isOf(head) } }
        if let found { return (found, isShared: true) }
        let redacted = Redacted(head, Redactor(of: head))
        known.withLock { known in
            if known.count == RedactedHeads.most { known.removeLast() }
            known.insert(redacted, at: 0)
        }
        return (redacted, isShared: false)
    }
}
