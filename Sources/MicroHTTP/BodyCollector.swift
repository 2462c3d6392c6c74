// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Keeps a body up to a limit.
///
/// `@unchecked Sendable`: only its connection's thread touches it.
final class BodyCollector: BodyReceiver, @unchecked Sendable {
    private static let largestReserve = 64 << 20

    private let limit: Int
    private var bytes: [UInt8] = []
    private(set) var wantsMore: Bool

    /// - Parameter announced: the request's Content-Length, where it has one.
    init(limit: Int, announced: Int?) {
        self.limit = limit
        wantsMore = (announced ?? 0) <= limit
        // Not on the client's word alone where the limit is huge: the memory is taken as bytes arrive.
        if wantsMore, let announced {
            bytes.reserveCapacity(max(0, min(announced, BodyCollector.largestReserve)))
        }
    }

    func receive(_ data: UnsafeRawBufferPointer) {
        guard wantsMore else { return }
        if data.count > limit - bytes.count {
            wantsMore = false
            bytes = []
        } else {
            bytes.append(contentsOf: data)
        }
    }

    func finish() -> HTTPRequest.Body {
        wantsMore ? .bytes(bytes) : .tooLarge(limit: limit)
    }
}
