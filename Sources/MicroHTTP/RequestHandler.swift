// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What answers requests. Called on the library's threads, several at once; it must not wait.
public protocol RequestHandler: Sendable {
    /// What takes the body of a request as it arrives; nil to have it kept whole, up to `bodyLimit`.
    func receiver(for head: RequestHead) -> (any BodyReceiver)?

    /// How many bytes of body to keep. What is longer is read to its end, up to a bound, and thrown away, so that the
    /// refusal reaches a client that reads only after it has sent all.
    func bodyLimit(for head: RequestHead) -> Int

    /// The answer to a request that has arrived whole.
    func respond(to request: HTTPRequest) -> ResponsePlan

    /// The answer to a head that two readers could understand in two ways. The connection is closed after it.
    func refuse(_ head: RequestHead, because problem: FramingProblem) -> ResponsePlan

    /// The answer to a head whose request isn't served. The connection is closed after it.
    func turnAway(_ head: RequestHead, because reason: TurnedAway) -> ResponsePlan

    /// Told of a request that ended before it had come whole.
    ///
    /// - Parameters:
    ///   - receiver: what has taken the body so far.
    ///   - count: how many bytes of it had come.
    func abandon(
        _ head: RequestHead, _ receiver: any BodyReceiver, arrival: Arrival, after count: Int,
        because ending: DeliveryEnding)
}

extension RequestHandler {
    public func receiver(for head: RequestHead) -> (any BodyReceiver)? { nil }

    public func turnAway(_ head: RequestHead, because reason: TurnedAway) -> ResponsePlan {
        ResponsePlan(status: reason.status, fields: [], body: [])
    }

    public func abandon(
        _ head: RequestHead, _ receiver: any BodyReceiver, arrival: Arrival, after count: Int,
        because ending: DeliveryEnding
    ) {}
}

/// Why a request isn't served that could be.
public enum TurnedAway: Sendable, CaseIterable {
    /// There are as many connections as may be served at once.
    case tooManyConnections
    /// Its body comes so slowly that it would hold its connection for ever.
    case slowBody

    /// The HTTP status (RFC 9110, 15.6.4 and 15.5.9).
    public var status: Int {
        switch self {
        case .tooManyConnections: 503
        case .slowBody: 408
        }
    }
}
