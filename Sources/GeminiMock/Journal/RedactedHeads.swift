// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The head of a request without credentials. The records of requests that came with the same one share it.
final class RedactedHead: Sendable {
    let method: String
    let target: String
    let fields: HTTPFields

    init(_ head: RequestHead, _ redactor: Redactor) {
        method = head.method
        target = redactor.target(head.target)
        fields = redactor.fields(head.fields)
    }

    private init() {
        (method, target, fields) = ("", "", HTTPFields())
    }

    static let empty = RedactedHead()

    /// What it takes to keep, in bytes; about.
    var cost: Int { 300 + target.utf8.count + 2 * fields.byteCount }
}

/// The request heads that came lately, without credentials: a client sends the same one again and again, and to look for
/// credentials in it costs as much as all else that the journal does with a small request.
final class RedactedHeads: Sendable {
    /// A head as the journal keeps it, and who knows its credentials.
    struct Redacted: Sendable {
        let head: RedactedHead
        let redactor: Redactor
        /// Whether it is kept already.
        var isShared = false

        init(_ head: RequestHead, _ redactor: Redactor) {
            self.head = RedactedHead(head, redactor)
            self.redactor = redactor
        }
    }

    private struct Known: Sendable {
        let head: RequestHead
        let redacted: Redacted

        func isOf(_ other: RequestHead) -> Bool {
            head.method == other.method && head.target.raw == other.target.raw && head.fields == other.fields
        }
    }

    /// More than that are looked through in vain where heads differ.
    private static let most = 4

    /// The one that came last is the first.
    private let known = Monitor<[Known]>([])

    func redacted(_ head: RequestHead) -> Redacted {
        let found = known.withLock { known in known.first { $0.isOf(head) }?.redacted }
        if var found {
            found.isShared = true
            return found
        }
        let redacted = Redacted(head, Redactor(of: head))
        known.withLock { known in
            if known.count == RedactedHeads.most { known.removeLast() }
            known.insert(Known(head: head, redacted: redacted), at: 0)
        }
        return redacted
    }
}
