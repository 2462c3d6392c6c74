// SPDX-License-Identifier: Apache-2.0

import CMicroHTTPD
import HTTPWire
import Synchronization

/// One request under way and its answer, from the request line to the library's "completed" call.
///
/// The library holds it by a retained pointer. A connection belongs to one thread of the pool, so only that thread
/// touches it.
final class Exchange {
    private enum State {
        case awaitingHead
        case receiving(RequestHead, any BodyReceiver)
        case answered
    }

    /// Less than the library's buffer holds when it is full, in bytes.
    private static let fullPart = 16 * 1024

    /// How much is read in vain before the connection is closed without an answer: enough for a client that sends some
    /// huge file and only then looks at the answer.
    static let drainLimit = 1 << 30

    private let target: String
    private let live: LiveObjects
    private var state = State.awaitingHead
    /// How much of the announced length is still to come.
    private var missing = 0
    /// How much was read in vain.
    private var drained = 0

    init(target: String, live: LiveObjects) {
        self.target = target
        self.live = live
        live.exchanges.add(1, ordering: .relaxed)
    }

    deinit {
        // What has taken the body goes first: who sees no request left may look for what it leaves.
        state = .answered
        live.exchanges.subtract(1, ordering: .releasing)
    }

    /// The library calls once with the head, then with each part of the body, then once with nothing.
    ///
    /// - Returns: whether the connection may go on.
    func proceed(
        _ connection: ConnectionHandle, method: UnsafePointer<CChar>, data: UnsafeRawBufferPointer,
        server: HTTPServer
    ) -> Bool {
        switch state {
        case .awaitingHead:
            return receiveHead(connection, method: String(cString: method), server: server)
        case .receiving(let head, let receiver):
            guard data.isEmpty else { return take(data, receiver, connection) }
            return respond(head, receiver.finish(), method: head.method, connection, server)
        case .answered:
            return true
        }
    }

    private func receiveHead(_ connection: ConnectionHandle, method: String, server: HTTPServer) -> Bool {
        let head = RequestHead(
            method: method, target: RequestTarget(target), fields: connection.requestFields()
        )
        if let problem = FramingProblem.find(in: head.fields) {
            state = .answered
            var plan = server.handler.refuse(head, because: problem)
            // First: added behind a Date, it makes the library (0.9.75) forget that there is one and add its own.
            plan.head.fields.insert(HTTPFields.Field("Connection", "close"), at: 0)
            return server.queue(plan, method: method, on: connection)
        }
        let announced = head.fields["content-length"].flatMap { Int($0) }
        missing = announced ?? 0
        let receiver =
            server.handler.receiver(for: head)
            ?? BodyCollector(limit: server.handler.bodyLimit(for: head), announced: announced)
        if !receiver.wantsMore, head.fields["expect"]?.lowercased() == "100-continue" {
            // This client asks before it sends: nothing has to be read to its end.
            return respond(head, receiver.finish(), method: method, connection, server)
        }
        state = .receiving(head, receiver)
        return true
    }

    /// - Returns: false where the client has left, or sends without end what nobody wants.
    private func take(
        _ data: UnsafeRawBufferPointer, _ receiver: any BodyReceiver, _ connection: ConnectionHandle
    ) -> Bool {
        missing -= data.count
        if receiver.wantsMore {
            receiver.receive(data)
        } else {
            drained += data.count
        }
        // A part that fills the library's buffer isn't the last one: no need to ask the kernel then. The library doesn't
        // see an end that came together with bytes, and would keep the rest of a request whose client has left until
        // the time-out.
        if missing > 0, data.count < Exchange.fullPart, connection.peerHasLeft { return false }
        return drained <= Exchange.drainLimit
    }

    private func respond(
        _ head: RequestHead, _ body: HTTPRequest.Body, method: String, _ connection: ConnectionHandle,
        _ server: HTTPServer
    ) -> Bool {
        state = .answered
        let plan = server.handler.respond(to: HTTPRequest(head: head, body: body))
        return server.queue(plan, method: method, on: connection)
    }
}

extension ConnectionHandle {
    /// The request's header fields as they came. Own thread only.
    func requestFields() -> HTTPFields {
        var fields = HTTPFields()
        withUnsafeMutablePointer(to: &fields) { fields in
            _ = MHD_get_connection_values(pointer, .HEADER_KIND, appendField, fields)
        }
        return fields
    }
}
