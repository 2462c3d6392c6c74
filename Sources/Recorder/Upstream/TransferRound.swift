// SPDX-License-Identifier: Apache-2.0

import CCurl
import HTTPWire
import MicroHTTP

/// What the pool's thread has in hand.
final class TransferRound {
    private let curl: CurlLibrary
    private let multi: CurlLibrary.Handle
    private let settings: TransferPool.Settings
    private var open: [CurlLibrary.Handle: TransferHandle] = [:]
    private var handles: [ObjectIdentifier: TransferHandle] = [:]
    /// How many have ended since they were last told.
    private var ended = 0

    init(_ curl: CurlLibrary, multi: CurlLibrary.Handle, _ settings: TransferPool.Settings) {
        self.curl = curl
        self.multi = multi
        self.settings = settings
    }

    func attend(to transfer: Transfer) {
        guard let handle = handles[ObjectIdentifier(transfer)] else {
            // A late word about one that has ended, unless it is new.
            if !transfer.hasBegun() { begin(transfer) }
            return
        }
        let due = transfer.takeDue()
        if due.cancels {
            end(handle, .cancelled)
        } else if due.goesOnSending || due.goesOnReceiving {
            // It is one mask for both directions.
            _ = curl.pause(handle.easy, transfer.pauses(sending: CURLPAUSE_SEND, receiving: CURLPAUSE_RECV))
        }
    }

    private func begin(_ transfer: Transfer) {
        guard !transfer.takeDue().cancels else { return fail(transfer, .cancelled) }
        guard let handle = TransferHandle(transfer, curl, settings) else {
            return fail(transfer, .failed("there is no memory for it"))
        }
        guard curl.add(multi, handle.easy) == CURLM_OK else {
            return fail(transfer, .failed("libcurl doesn't take it"))
        }
        open[handle.easy] = handle
        handles[ObjectIdentifier(transfer)] = handle
    }

    private func fail(_ transfer: Transfer, _ ending: TransferEnding) {
        ended += 1
        transfer.witness.ended(ending, requestSentAt: MonotonicClock.nanoseconds)
        transfer.end(ending)
        transfer.wakeUp.ring()
    }

    /// Lets all go on that can.
    ///
    /// - Returns: how many have ended since the last time.
    func go() -> Int {
        var running: Int32 = 0
        _ = curl.perform(multi, &running)
        var left: Int32 = 0
        while let message = curl.nextMessage(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let handle = open[easy]
            else { continue }
            let result = message.pointee.data.result
            end(handle, handle.ending(result))
        }
        // Once for all that has come: a short answer is whole by now.
        for handle in open.values where handle.hasNews {
            handle.hasNews = false
            handle.transfer.wakeUp.ring()
        }
        defer { ended = 0 }
        return ended
    }

    private func end(_ handle: TransferHandle, _ ending: TransferEnding) {
        let sent = handle.requestSent
        _ = curl.remove(multi, handle.easy)
        open[handle.easy] = nil
        handles[ObjectIdentifier(handle.transfer)] = nil
        handle.free()
        ended += 1
        // First who notes it: when the client has all of an answer, the next request may count on that.
        handle.transfer.witness.ended(ending, requestSentAt: sent)
        handle.transfer.end(ending)
        handle.transfer.wakeUp.ring()
    }

    /// Until something comes, or somebody calls.
    func sleep() {
        var count: Int32 = 0
        _ = curl.poll(multi, nil, 0, 1000, &count)
    }

    func endAll(_ due: [Transfer]) {
        for handle in Array(open.values) { end(handle, .cancelled) }
        for transfer in due where !transfer.hasBegun() { fail(transfer, .cancelled) }
    }
}
