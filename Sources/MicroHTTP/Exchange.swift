// SPDX-License-Identifier: Apache-2.0

import CMicroHTTPD
import HTTPWire
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One request under way and its answer, from the request line to the library's "completed" call.
///
/// The library holds it by a retained pointer. A connection belongs to one thread of the pool, so only that thread
/// touches it.
final class Exchange {
    private enum State {
        case awaitingHead
        case receiving(RequestHead, any BodyReceiver)
        /// Past the library, until the connection ends.
        case playing(RawPlayer)
        /// The answer is known, and is to come at a time of the server's clock.
        case delayed(ResponsePlan, until: Int64)
        /// The answer isn't known yet.
        case pending(PendingAnswer)
        case answered
    }

    /// Less than the library's buffer holds when it is full, in bytes.
    private static let fullPart = 16 * 1024

    /// How much is read in vain before the connection is closed without an answer: enough for a client that sends some
    /// huge file and only then looks at the answer.
    static let drainLimit = 1 << 30

    /// Bytes of a body in a second, on average.
    private static let slowest = 100

    private let target: String
    /// Where the target lies until the head has been read, which takes it apart.
    private let place: (start: UnsafeRawPointer, length: Int)
    private let live: LiveObjects
    private var state = State.awaitingHead
    /// How much of the announced length is still to come.
    private var missing = 0
    /// How much was read in vain.
    private var drained = 0
    /// How much of the body has come.
    private var arrived = 0
    private var arrival = Arrival()
    /// The first bytes of a body that nobody keeps.
    private var beginning: [UInt8] = []
    /// Whether the connection was broken on purpose while the body came.
    private var isBroken = false
    /// Nil where nobody wants to know what becomes of the answer.
    private var delivery: Delivery?
    /// Nil for as long as the body is read as fast as it comes.
    private var pause: ReadingPause?

    init(target: UnsafePointer<CChar>, live: LiveObjects) {
        self.target = String(cString: target)
        place = (UnsafeRawPointer(target), strlen(target))
        self.live = live
        live.exchanges.add(1, ordering: .relaxed)
    }

    deinit {
        // What has taken the body goes first: who sees no request left may look for what it leaves.
        state = .answered
        live.exchanges.subtract(1, ordering: .releasing)
    }

    /// The library calls once with the head, then with each part of the body, then once with nothing; after each suspension
    /// again, with what was left unread.
    ///
    /// - Parameter unread: how many bytes are left of `data`, 0 at first. Only of a suspended connection: the library doesn't
    ///   call again by itself for bytes that it has offered.
    /// - Returns: whether the connection may go on.
    func proceed(
        _ connection: ConnectionHandle, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>?,
        data: UnsafeRawBufferPointer, unread: inout Int, server: HTTPServer
    ) -> Bool {
        switch state {
        case .awaitingHead:
            return receiveHead(connection, method, version, server: server)
        case .receiving(let head, let receiver):
            guard data.isEmpty else { return take(data, receiver, head, connection, server, &unread) }
            if receiver.breaksAtEnd {
                isBroken = true
                connection.reset()
                return false
            }
            return respond(head, receiver.finish(), method: head.method, connection, server)
        case .playing(let player):
            // It would be offered but once, and the end of a body would change what the library does next.
            unread = data.count
            return player.proceed()
        case .delayed(let plan, let due):
            unread = data.count
            return send(plan, at: due, method: String(cString: method), connection, server)
        case .pending(let answer):
            unread = data.count
            return ask(answer, method: String(cString: method), connection, server)
        case .answered:
            return true
        }
    }

    /// The library is done with the request, in whatever way. Called once.
    func end(_ ending: DeliveryEnding, _ server: HTTPServer) {
        if case .receiving(let head, let receiver) = state {
            arrival.whole = MonotonicClock.nanoseconds
            let cause = isBroken ? .broken : server.sockets.cause(of: ending)
            server.handler.abandon(head, receiver, arrival: arrival, after: arrived, because: cause)
        }
        delivery?.end(ending)
    }

    private func receiveHead(
        _ connection: ConnectionHandle, _ method: UnsafePointer<CChar>, _ version: UnsafePointer<CChar>?,
        server: HTTPServer
    ) -> Bool {
        let (fields, isPlain) = connection.requestFields(
            behind: HeadLayout(method: method, target: place, version: version))
        let isOldVersion = version.map { strcmp($0, "HTTP/1.0") == 0 } ?? true
        let method = String(cString: method)
        let head = RequestHead(
            method: method, target: RequestTarget(target), fields: fields,
            isFromLoopback: connection.peerIsLoopback, isEncrypted: connection.session != nil
        )
        arrival.head = MonotonicClock.nanoseconds
        let visitor = connection.visitor
        visitor?.headHasCome()
        if let problem = FramingProblem.find(in: head, isOldVersion: isOldVersion, isPlain: isPlain) {
            return close(behind: server.handler.refuse(head, because: problem), head, connection, server)
        }
        if visitor?.isTooMany ?? false {
            let plan = server.handler.turnAway(head, because: .tooManyConnections)
            return close(behind: plan, head, connection, server)
        }
        if let plan = server.refusalByProxy(head.target, connection) {
            state = .answered
            return put(plan, method: method, connection, server)
        }
        let announced = head.fields["content-length"].flatMap { Int($0) }
        missing = announced ?? 0
        let receiver =
            server.handler.receiver(for: head)
            ?? BodyCollector(limit: server.handler.bodyLimit(for: head), announced: announced)
        let hasNoBody = missing == 0 && !fields.contains("transfer-encoding")
        if hasNoBody || !receiver.wantsMore, fields["expect"]?.lowercased() == "100-continue" {
            // This client asks before it sends: nothing has to be read to its end. Without a body the library (0.9.75) would
            // close the connection behind its "100 Continue".
            return respond(head, receiver.finish(), method: method, connection, server)
        }
        state = .receiving(head, receiver)
        if announced == nil, !hasNoBody { connection.showEnd() }
        return true
    }

    private func close(
        behind plan: ResponsePlan, _ head: RequestHead, _ connection: ConnectionHandle, _ server: HTTPServer
    ) -> Bool {
        state = .answered
        var plan = plan
        // First: added behind a Date, it makes the library (0.9.75) forget that there is one and add its own.
        plan.head.fields.insert(HTTPFields.Field("Connection", "close"), at: 0)
        return put(plan, method: head.method, connection, server)
    }

    /// - Returns: false where the client has left, or sends without end what nobody wants.
    private func take(
        _ data: UnsafeRawBufferPointer, _ receiver: any BodyReceiver, _ head: RequestHead,
        _ connection: ConnectionHandle, _ server: HTTPServer, _ unread: inout Int
    ) -> Bool {
        var left = data
        defer {
            note(UnsafeRawBufferPointer(rebasing: data.dropLast(unread)), isKept: receiver is BodyCollector)
        }
        while receiver.wantsMore, !left.isEmpty {
            switch pause?.step ?? receiver.nextStep() {
            case .take(let most):
                let count = min(max(1, most), left.count)
                receiver.receive(UnsafeRawBufferPointer(rebasing: left[..<count]))
                pause?.hasTaken = true
                missing -= count
                left = UnsafeRawBufferPointer(rebasing: left[count...])
            case .wait(let duration):
                let pause = self.pause ?? ReadingPause()
                self.pause = pause
                guard let end = pause.end(of: duration, by: server.clock) else { continue }
                unread = left.count
                let receiving = connection.receiving
                return !receiving.peerHasLeft && server.wheel.suspend(receiving, until: end)
            case .reset:
                isBroken = true
                connection.reset()
                return false
            case .answer:
                unread = left.count
                let plan = server.handler.respond(to: request(head, receiver.finish()))
                return put(plan.raw(for: head), method: head.method, connection, server)
            }
        }
        missing -= left.count
        drained += left.count
        // A part that fills the library's buffer isn't the last one: no need to ask the kernel then. The library doesn't
        // see an end that came together with bytes, and would keep the rest of a request whose client has left until
        // the time-out.
        if missing > 0, data.count < Exchange.fullPart, connection.receiving.peerHasLeft { return false }
        // Without a length it can't be told here whether the library has the rest already.
        if missing < 0 { connection.showEnd() }
        if isTooSlow(after: data.count, server) {
            let plan = server.handler.turnAway(head, because: .slowBody)
            return put(plan.raw(for: head), method: head.method, connection, server)
        }
        return drained <= Exchange.drainLimit
    }

    /// To the library each byte is a sign of life; a body of one a minute would go on for ever. Waits of ours don't count.
    private func isTooSlow(after more: Int, _ server: HTTPServer) -> Bool {
        guard pause == nil else { return false }
        let seconds = Int((MonotonicClock.nanoseconds - arrival.head) / 1_000_000_000)
        return seconds > 2 * server.idleTimeout && (arrived + more) / seconds < Exchange.slowest
    }

    private func note(_ bytes: UnsafeRawBufferPointer, isKept: Bool) {
        arrived += bytes.count
        guard !isKept, beginning.count < HTTPRequest.beginningLength else { return }
        beginning += bytes.prefix(HTTPRequest.beginningLength - beginning.count)
    }

    private func respond(
        _ head: RequestHead, _ body: HTTPRequest.Body, method: String, _ connection: ConnectionHandle,
        _ server: HTTPServer
    ) -> Bool {
        state = .answered
        let plan = server.handler.respond(to: request(head, body))
        return put(plan, method: method, connection, server)
    }

    private func request(_ head: RequestHead, _ body: HTTPRequest.Body) -> HTTPRequest {
        arrival.whole = MonotonicClock.nanoseconds
        return HTTPRequest(head: head, body: body, arrival: arrival, length: arrived, beginning: beginning)
    }

    private func put(
        _ plan: ResponsePlan, method: String, _ connection: ConnectionHandle, _ server: HTTPServer
    ) -> Bool {
        // A pending plan's witness is that of the plan that comes, unless this has its own.
        if let own = Delivery(plan, server.sockets) { delivery = own }
        guard plan.delay > .zero else { return start(plan, method: method, connection, server) }
        let due = server.clock.nanoseconds + WireClock.nanoseconds(plan.delay)
        return send(plan, at: due, method: method, connection, server)
    }

    /// Waits, or sends where the time has come: the library calls again after each suspension.
    private func send(
        _ plan: ResponsePlan, at due: Int64, method: String, _ connection: ConnectionHandle,
        _ server: HTTPServer
    ) -> Bool {
        guard server.clock.nanoseconds < due else {
            state = .answered
            return start(plan, method: method, connection, server)
        }
        state = .delayed(plan, until: due)
        if connection.peerHasLeft { return false }
        let isSuspended = server.wheel.suspend(connection, until: due)
        if !isSuspended { delivery?.end(.stopped) }
        return isSuspended
    }

    private func start(
        _ plan: ResponsePlan, method: String, _ connection: ConnectionHandle, _ server: HTTPServer
    ) -> Bool {
        switch plan.framing {
        case .length, .chunked: return server.queue(plan, method: method, on: connection, delivery)
        case .raw: return play(plan, connection, server)
        case .pending:
            guard let pending = plan.pending else { return false }
            return ask(PendingAnswer(pending), method: method, connection, server)
        }
    }

    /// Sends the answer if it is known, else asks again in a while.
    private func ask(
        _ answer: PendingAnswer, method: String, _ connection: ConnectionHandle, _ server: HTTPServer
    ) -> Bool {
        switch answer.next() {
        case .plan(let plan):
            state = .answered
            // One that is pending again could go on for ever.
            return plan.framing != .pending && put(plan, method: method, connection, server)
        case .askAgain(let time):
            return sleep(answer, until: time, nil, connection, server)
        case .askAgainWhen(let wakeUp, let time):
            return sleep(answer, until: time, wakeUp, connection, server)
        }
    }

    private func sleep(
        _ answer: PendingAnswer, until time: Int64, _ wakeUp: WakeUp?, _ connection: ConnectionHandle,
        _ server: HTTPServer
    ) -> Bool {
        state = .pending(answer)
        if connection.peerHasLeft { return false }
        let isSuspended = server.wheel.suspend(connection, untilMonotonic: time, wokenBy: wakeUp)
        if !isSuspended { delivery?.end(.stopped) }
        return isSuspended
    }

    private func play(_ plan: ResponsePlan, _ connection: ConnectionHandle, _ server: HTTPServer) -> Bool {
        let player = RawPlayer(
            plan.actions, connection: connection, wheel: server.wheel, patience: server.patience,
            live: server.live, delivery: delivery)
        state = .playing(player)
        return player.proceed()
    }
}

/// A wait of a body's receiver, while it lasts, and the pace of its waits.
private final class ReadingPause {
    private var pace = WaitPace()
    /// The wait that isn't over.
    private(set) var step: BodyStep?
    /// Whether bytes were taken since the last wait.
    var hasTaken = false

    /// - Returns: when the wait ends, nil where it is over.
    func end(of duration: Duration, by clock: WireClock) -> Int64? {
        // Else one that only ever waits would keep this thread until it has caught up with a clock that was moved on.
        let end = pace.end(of: duration, by: clock, catchesUp: hasTaken)
        step = end == nil ? nil : .wait(duration)
        if end == nil { hasTaken = false }
        return end
    }
}

extension ConnectionHandle {
    /// The request's header fields as they came, and whether they and their request line are plain lines. Own thread only.
    fileprivate func requestFields(behind layout: HeadLayout) -> (fields: HTTPFields, isPlain: Bool) {
        var arrived = ArrivedFields(layout: layout)
        withUnsafeMutablePointer(to: &arrived) { arrived in
            _ = MHD_get_connection_values(pointer, .HEADER_KIND, appendField, arrived)
        }
        return (arrived.fields, arrived.layout.isPlain(to: gm_connection_head_size(pointer)))
    }
}

/// A head's fields while they are taken over.
struct ArrivedFields {
    var fields = HTTPFields()
    var layout: HeadLayout
}
