// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A request as it is compared with recorded ones, or one of these.
public struct AskedRequest: Sendable {
    public let head: RequestHead
    public let body: RecordedBody
    /// The body, parsed; nil where it is none, or that is still to be tried.
    let json: JSONView?

    public init(_ head: RequestHead, body: [UInt8], json: JSONView? = nil) {
        self.head = head
        self.body = RecordedBody(body)
        self.json = json
    }

    public init(_ request: RecordedRequest) {
        head = RequestHead(
            method: request.method, target: RequestTarget(request.target), fields: HTTPFields(request.fields))
        body = request.body
        json = nil
    }

    private init(_ head: RequestHead, _ body: RecordedBody, _ json: JSONView?) {
        (self.head, self.body, self.json) = (head, body, json)
    }

    /// The versions of the API that clients ask for (CORE 1.1).
    private static let versions = ["v1", "v1beta", "v1alpha"]

    /// The same request to the other versions of the API; none where it names no version.
    var inOtherVersions: [AskedRequest] {
        // Behind `upload` it may be, too.
        guard let version = head.target.segments.prefix(2).first(where: AskedRequest.versions.contains) else {
            return []
        }
        let parts = head.target.raw.split(separator: "/", maxSplits: 6, omittingEmptySubsequences: false)
        guard let place = parts.firstIndex(of: version[...]) else { return [] }
        return AskedRequest.versions.filter { $0 != version }.map { other in
            var parts = parts
            parts[place] = other[...]
            let target = parts.joined(separator: "/")
            let changed = RequestHead(
                method: head.method, target: RequestTarget(target), fields: head.fields,
                isFromLoopback: head.isFromLoopback, isEncrypted: head.isEncrypted)
            return AskedRequest(changed, body, json)
        }
    }

    /// What may be got may be asked for its head.
    var method: String { head.method == "HEAD" ? "GET" : head.method }
}
