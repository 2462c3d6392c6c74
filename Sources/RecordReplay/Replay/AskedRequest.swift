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

    /// What may be got may be asked for its head.
    var method: String { head.method == "HEAD" ? "GET" : head.method }
}
