// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Takes the bytes of a request that goes on with a resumable upload.
///
/// `@unchecked Sendable`: only its connection's thread touches it.
final class ChunkReceiver: BodyReceiver, @unchecked Sendable {
    let request: UploadRequest
    /// Nil where the id isn't known.
    let session: UploadSession?
    /// What is wrong with the head; then no byte is taken.
    private(set) var refusal: UploadRefusal?
    /// Its turn among the requests that bring bytes, if it brings some.
    private(set) var turn: Int?
    /// How many bytes were taken.
    private(set) var count = 0
    private(set) var wantsMore = false
    private let largest: Int

    init(_ request: UploadRequest, session: UploadSession?, largest: Int) {
        self.request = request
        self.session = session
        self.largest = largest
        guard let session else {
            refusal = .unknownUpload
            return
        }
        guard request.commands.contains(.upload) else { return }
        do throws(UploadRefusal) {
            turn = try session.begin(request, largest: largest)
            wantsMore = true
        } catch {
            refusal = error
        }
    }

    deinit {
        if let turn { session?.pause(turn: turn) }
    }

    func receive(_ bytes: UnsafeRawBufferPointer) {
        guard wantsMore, let session, let turn else { return }
        wantsMore = session.append(bytes, turn: turn, largest: largest)
        if wantsMore { count += bytes.count }
    }

    func finish() -> HTTPRequest.Body { .received(self) }
}
