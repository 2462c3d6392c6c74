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

    /// The answer to a head that can be understood in two ways. The connection is closed after it.
    func refuse(_ head: RequestHead, because problem: FramingProblem) -> ResponsePlan

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

    public func abandon(
        _ head: RequestHead, _ receiver: any BodyReceiver, arrival: Arrival, after count: Int,
        because ending: DeliveryEnding
    ) {}
}

/// Why it can't be told where a request's body ends. libmicrohttpd lets these pass.
public enum FramingProblem: Error, Sendable, Equatable {
    case repeatedContentLength
    case contentLengthAndTransferEncoding
    case unknownTransferEncoding
    case blankBeforeColon
}

extension FramingProblem {
    /// The first problem of a head, or nil.
    static func find(in fields: HTTPFields) -> FramingProblem? {
        if fields.hasBlankBeforeColon { return .blankBeforeColon }
        let lengths = fields.count(of: "content-length")
        if lengths > 1 { return .repeatedContentLength }
        guard fields.contains("transfer-encoding") else { return nil }
        if lengths > 0 { return .contentLengthAndTransferEncoding }
        // As sent, blanks included: the library takes `chunked ` for something else and then reads no body at all.
        let codings = fields.all.filter { $0.name.lowercased() == "transfer-encoding" }.map {
            $0.value.lowercased()
        }
        if codings != ["chunked"] { return .unknownTransferEncoding }
        return nil
    }
}
