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
        case receiving(RequestHead, BodyCollector)
        case answered
    }

    /// Less than the library's buffer holds when it is full, in bytes.
    private static let fullPart = 16 * 1024

    private let target: String
    private let live: LiveObjects
    private var state = State.awaitingHead

    init(target: String, live: LiveObjects) {
        self.target = target
        self.live = live
        live.exchanges.add(1, ordering: .relaxed)
    }

    deinit { live.exchanges.subtract(1, ordering: .relaxed) }

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
        case .receiving(let head, var collector):
            // Taken out of the state while it is changed, so that its bytes aren't copied.
            state = .answered
            guard data.isEmpty else {
                let goesOn = collector.receive(data)
                // A part that fills the library's buffer isn't the last one: no need to ask the kernel then.
                let isShort = collector.isShort && data.count < Exchange.fullPart
                state = .receiving(head, collector)
                // The library doesn't see an end that came together with bytes, and would keep the rest of a request
                // whose client has left until the time-out.
                return goesOn && !(isShort && connection.peerHasLeft)
            }
            let request = HTTPRequest(head: head, body: collector.finish())
            return server.queue(server.handler.respond(to: request), method: head.method, on: connection)
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
        let length = head.fields["content-length"].flatMap { Int($0) }
        let collector = BodyCollector(limit: server.handler.bodyLimit(for: head), announced: length)
        if collector.isRefused, head.fields["expect"]?.lowercased() == "100-continue" {
            // This client asks before it sends: nothing has to be read to its end.
            state = .answered
            let request = HTTPRequest(head: head, body: collector.finish())
            return server.queue(server.handler.respond(to: request), method: method, on: connection)
        }
        state = .receiving(head, collector)
        return true
    }
}

/// Keeps a body up to a limit; reads on past it, keeping nothing, up to a bound.
struct BodyCollector {
    /// How much is read in vain before the connection is closed without an answer: enough for a client that sends some
    /// huge file and only then looks at the answer.
    static let drainLimit = 1 << 30

    private static let largestReserve = 64 << 20

    private let limit: Int
    private let announced: Int
    private var bytes: [UInt8] = []
    private var received = 0
    private(set) var isRefused: Bool

    /// - Parameter announced: the request's Content-Length, where it has one.
    init(limit: Int, announced: Int?) {
        self.limit = limit
        self.announced = announced ?? 0
        isRefused = (announced ?? 0) > limit
        // Not on the client's word alone where the limit is huge: the memory is taken as bytes arrive.
        if !isRefused, let announced {
            bytes.reserveCapacity(max(0, min(announced, BodyCollector.largestReserve)))
        }
    }

    /// Whether more is to come than has come.
    var isShort: Bool { received < announced }

    /// - Returns: false where the bound is passed.
    mutating func receive(_ data: UnsafeRawBufferPointer) -> Bool {
        received += data.count
        if received > limit, !isRefused {
            isRefused = true
            bytes = []
        }
        if !isRefused { bytes.append(contentsOf: data) }
        return received <= BodyCollector.drainLimit
    }

    consuming func finish() -> HTTPRequest.Body {
        isRefused ? .tooLarge(limit: limit) : .bytes(bytes)
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
