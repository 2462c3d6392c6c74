// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import Logging
import MicroHTTP
import RecordReplay

/// Passes each request on to the upstream, and notes what passes by.
final class RecordingProxy: RequestHandler {
    private let upstream: UpstreamAddress
    private let addresses: UploadAddresses
    private let pool: TransferPool
    private let queue: ExchangeQueue
    private let limits: KeptBody.Limits
    private let key: InjectedKey?
    private let mostTransfers: Int
    private let logger: Logger

    init(
        _ upstream: UpstreamAddress, pool: TransferPool, queue: ExchangeQueue, limits: KeptBody.Limits,
        key: InjectedKey?, mostTransfers: Int, logger: Logger
    ) {
        self.upstream = upstream
        addresses = UploadAddresses(upstream)
        self.pool = pool
        self.queue = queue
        self.limits = limits
        self.key = key
        self.mostTransfers = mostTransfers
        self.logger = logger
    }

    func receiver(for head: RequestHead) -> (any BodyReceiver)? {
        if key != nil, let objection = LocalCaller.objection(to: head) {
            return RefusedRequest(
                ProxyText.error(
                    403, "PERMISSION_DENIED",
                    "The key of this machine isn't given to this request, since \(objection)."))
        }
        guard let target = RecordingProxy.originForm(head.target) else {
            return RefusedRequest(
                ProxyText.error(400, "INVALID_ARGUMENT", "The request's target is no path."))
        }
        let queue = queue
        let exchange = PassingExchange(head, target: target, limits: limits) { queue.add($0) }
        let transfer = Transfer(request(head, target), witness: exchange)
        guard !queue.isFull, pool.begin(transfer, limit: mostTransfers) else {
            let message = "More than \(mostTransfers) requests at once aren't passed on; try again later."
            return RefusedRequest(ProxyText.error(503, "UNAVAILABLE", message))
        }
        let base = "\(head.isEncrypted ? "https" : "http")://\(head.fields["host"] ?? "localhost")"
        let addresses = addresses
        return ProxiedRequest(transfer, exchange, pool) {
            addresses.led($0, to: base)
        } refusal: { [logger, upstream] why in
            let words = ProxyText.line(head.method, target)
            logger.warning("\(words) got no answer from \(upstream): \(Redactor().text(why))")
            return ProxyText.error(502, "UNAVAILABLE", "No answer came from \(upstream): \(why).")
        }
    }

    func bodyLimit(for head: RequestHead) -> Int { 0 }

    func respond(to request: HTTPRequest) -> ResponsePlan {
        guard case .received(let receiver) = request.body else {
            return ProxyText.error(
                400, "INVALID_ARGUMENT", "The request has no body that could be passed on.")
        }
        if let proxied = receiver as? ProxiedRequest { return proxied.plan() }
        return (receiver as? RefusedRequest)?.plan
            ?? ProxyText.error(500, "INTERNAL", "The request can't be passed on.")
    }

    func refuse(_ head: RequestHead, because problem: FramingProblem) -> ResponsePlan {
        ProxyText.error(
            400, "INVALID_ARGUMENT", "The request can be understood in two ways: \(problem).")
    }

    func abandon(
        _ head: RequestHead, _ receiver: any BodyReceiver, arrival: Arrival, after count: Int,
        because ending: DeliveryEnding
    ) {
        guard let receiver = receiver as? ProxiedRequest else { return }
        logger.notice(
            "\(ProxyText.line(head.method, head.target.raw)) isn't recorded: its client left before its end")
        receiver.cancel()
    }

    private func request(_ head: RequestHead, _ target: String) -> UpstreamRequest {
        var fields = ConnectionFields.removed(from: head.fields.all).filter { $0.name.lowercased() != "host" }
        var asked = target
        // Not to another host than the one that it is meant for.
        if let key, !addresses.isElsewhere(target) {
            fields = key.put(into: fields)
            asked = key.removingCredentials(from: target)
        }
        let length: UpstreamRequest.Length =
            if head.fields.contains("transfer-encoding") {
                .unknown
            } else {
                head.fields["content-length"].flatMap { Int($0) }.map { .known($0) } ?? .none
            }
        let url = asked == target ? addresses.url(of: target) : upstream.url(of: asked)
        return UpstreamRequest(method: head.method, url: url, fields: fields, length: length)
    }

    /// Without scheme and host, which a client sends that takes us for its proxy. Nil for what is no path.
    private static func originForm(_ target: RequestTarget) -> String? {
        if target.raw.hasPrefix("/") { return target.raw }
        guard let (_, _, rest) = UpstreamAddress.split(target.raw) else { return nil }
        return rest.hasPrefix("/") ? String(rest) : "/\(rest)"
    }
}
