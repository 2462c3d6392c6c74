// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import RecordReplay

/// The uploads that replay recorded ones, finished ones too.
final class ReplayedUploads: Sendable {
    /// The oldest go when there are more.
    private static let most = 2_000

    private struct State {
        var uploads: [String: ReplayedUpload] = [:]
        /// Their ids, the oldest first.
        var order: [String] = []
    }

    private let state = Monitor(State())

    /// Begins one, which gets an id that nobody can guess: it is all that its further requests need (CORE 2.2).
    func start(_ recorded: RecordedUpload, at place: ReplayPlace, of tenant: Tenant) -> ReplayedUpload {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<81).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let upload = ReplayedUpload(
            id: "AR" + Base64Encoding.urlSafe(bytes), tenant: tenant, place: place, recorded: recorded)
        state.withLock { state in
            state.uploads[upload.id] = upload
            state.order.append(upload.id)
            guard state.order.count > 2 * ReplayedUploads.most else { return }
            // By halves, so that each start costs the same.
            for id in state.order.prefix(ReplayedUploads.most) { state.uploads[id] = nil }
            state.order.removeFirst(ReplayedUploads.most)
        }
        return upload
    }

    func upload(_ id: String) -> ReplayedUpload? { state.withLock { $0.uploads[id] } }

    /// Forgets those of a tenant, or all.
    func removeAll(of tenant: Tenant? = nil) {
        state.withLock { state in
            state.uploads = tenant.map { tenant in state.uploads.filter { $0.value.tenant != tenant } } ?? [:]
            state.order.removeAll { state.uploads[$0] == nil }
        }
    }
}

/// Takes the bytes of a request that goes on with a replayed upload.
///
/// `@unchecked Sendable`: only its connection's thread touches it.
final class ReplayedUploadReceiver: BodyReceiver, @unchecked Sendable {
    let upload: ReplayedUpload
    let head: UploadHead
    private(set) var turn: Int?
    private(set) var count = 0
    private(set) var wantsMore = false

    init(_ upload: ReplayedUpload, _ head: UploadHead) {
        self.upload = upload
        self.head = head
        guard head.commands.contains(.upload) else { return }
        turn = upload.begin(head)
        wantsMore = turn != nil
    }

    func receive(_ bytes: UnsafeRawBufferPointer) {
        guard wantsMore, let turn else { return }
        wantsMore = upload.append(bytes, turn: turn)
        if wantsMore { count += bytes.count }
    }

    func finish() -> HTTPRequest.Body { .received(self) }
}
