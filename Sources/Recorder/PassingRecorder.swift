// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MicroHTTP
import RecordReplay

/// Passes requests on to an upstream as they come, and records what passes by, behind whatever server brings them.
public final class PassingRecorder: RequestHandler {
    private let pool: TransferPool
    private let queue: ExchangeQueue
    private let proxy: RecordingProxy

    /// Nothing is passed on before `start`.
    ///
    /// - Parameters:
    ///   - configuration: what it says of addresses and certificates of ours isn't looked at.
    ///   - sink: gets what is recorded.
    public init(_ configuration: RecordingServer.Configuration, to sink: any ExchangeSink)
        throws(RecordingServerError)
    {
        guard let curl = CurlLibrary.shared else { throw .curlIsMissing }
        var settings = TransferPool.Settings()
        settings.authorityFile = configuration.authorityFile
        guard let pool = TransferPool(curl, settings) else { throw .curlIsMissing }
        let ownKey = configuration.injectedKey.map { Redaction(secrets: [$0]) }
        let queue = ExchangeQueue(
            sink, [configuration.redaction] + [ownKey].compactMap(\.self), configuration.logger)
        var limits = KeptBody.Limits(folder: configuration.folder)
        limits.body = configuration.longestBody
        proxy = RecordingProxy(
            configuration.upstream, pool: pool, queue: queue, limits: limits,
            key: configuration.injectedKey.map { InjectedKey(key: $0) },
            mostTransfers: configuration.mostTransfers, logger: configuration.logger)
        self.pool = pool
        self.queue = queue
    }

    public func start() {
        pool.start()
        queue.start()
    }

    /// Ends all that is under way where it is, and returns when all that has passed by is recorded. A second call returns at
    /// once.
    public func stop() {
        pool.stop()
        queue.stop()
    }

    /// How many exchanges were recorded, and how many couldn't be.
    public var counts: (recorded: Int, lost: Int) { queue.counts }

    /// How many requests are passed on now.
    public var transfers: Int { pool.count }

    public func receiver(for head: RequestHead) -> (any BodyReceiver)? { proxy.receiver(for: head) }

    public func bodyLimit(for head: RequestHead) -> Int { proxy.bodyLimit(for: head) }

    public func respond(to request: HTTPRequest) -> ResponsePlan { proxy.respond(to: request) }

    public func refuse(_ head: RequestHead, because problem: FramingProblem) -> ResponsePlan {
        proxy.refuse(head, because: problem)
    }

    public func abandon(
        _ head: RequestHead, _ receiver: any BodyReceiver, arrival: Arrival, after count: Int,
        because ending: DeliveryEnding
    ) {
        proxy.abandon(head, receiver, arrival: arrival, after: count, because: ending)
    }
}
