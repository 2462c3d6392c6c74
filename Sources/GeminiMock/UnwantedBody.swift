// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The body of a request that is refused for what its head says.
final class UnwantedBody: BodyReceiver {
    var wantsMore: Bool { false }

    func receive(_ bytes: UnsafeRawBufferPointer) {}

    func finish() -> HTTPRequest.Body { .bytes([]) }
}
