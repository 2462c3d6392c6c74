// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire

/// The body of a request for which a scenario has spoken before it came, and what goes wrong while it comes.
///
/// `@unchecked Sendable`: only its connection's thread touches it.
final class StagedReceiver: BodyReceiver, @unchecked Sendable {
    /// What takes the bytes.
    let inner: any BodyReceiver
    /// What the scenario wants. Of a request that it refuses nobody wants the bytes.
    let staging: Staging
    private let trouble: UploadTrouble
    private var count = 0
    /// How many bytes were read last, for which time hasn't been taken yet.
    private var owed = 0

    /// So many pieces are read each second where reading is slow.
    private static let piecesPerSecond = 20

    init(_ inner: any BodyReceiver, _ staging: Staging) {
        self.inner = inner
        self.staging = staging
        trouble = staging.refusal == nil ? staging.wire?.trouble ?? UploadTrouble() : UploadTrouble()
    }

    var wantsMore: Bool { inner.wantsMore }

    /// Behind the last byte nobody asks for a step, nor where there is none.
    var breaksAtEnd: Bool { trouble.resetsAfter.map { count >= $0 } ?? false }

    func nextStep() -> BodyStep {
        if breaksAtEnd { return .reset }
        if let limit = trouble.unavailableAfter, count >= limit { return .answer }
        if let rate = trouble.bytesPerSecond, owed > 0 {
            defer { owed = 0 }
            return .wait(.nanoseconds(Int64(Double(owed) / Double(rate) * 1e9)))
        }
        let rests = [
            trouble.resetsAfter.map { $0 - count }, trouble.unavailableAfter.map { $0 - count },
            trouble.bytesPerSecond.map { max(1, $0 / StagedReceiver.piecesPerSecond) },
        ]
        return .take(atMost: rests.compactMap(\.self).min() ?? Int.max)
    }

    func receive(_ bytes: UnsafeRawBufferPointer) {
        count += bytes.count
        owed = bytes.count
        inner.receive(bytes)
    }

    func finish() -> HTTPRequest.Body { .received(self) }
}
