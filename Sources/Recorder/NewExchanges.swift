// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay

/// Passes on only what an earlier recording doesn't have: requests with another method, target or body than all of its own.
public final class NewExchanges: ExchangeSink {
    private struct Request: Hashable {
        let method: String
        let target: String
        let length: Int
        let hash: String

        init(_ request: RecordedRequest) {
            method = request.method
            target = request.target
            length = request.body.length
            hash = request.body.sha256 ?? request.body.bytes.map { ContentHash.hex(of: $0) } ?? ""
        }
    }

    private let known: Set<Request>
    private let sink: any ExchangeSink

    public init(besides earlier: [RecordedExchange], to sink: any ExchangeSink) {
        known = Set(earlier.map { Request($0.request) })
        self.sink = sink
    }

    public func append(_ exchange: RecordedExchange) throws(RecordingFileError) {
        guard !known.contains(Request(exchange.request)) else { return }
        try sink.append(exchange)
    }
}
