// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Counts the streams of new entries that are open: each takes a look now and then, so there is an end to them.
final class EntryWatchers: Sendable {
    static let most = 32

    private let seats = Monitor(0)

    /// - Returns: nil where there are too many; else what holds the seat until the stream ends.
    func take() -> Seat? {
        let isFree = seats.withLock { taken in
            guard taken < EntryWatchers.most else { return false }
            taken += 1
            return true
        }
        return isFree ? Seat(seats) : nil
    }

    final class Seat: DeliveryWitness {
        private let seats: Monitor<Int>

        fileprivate init(_ seats: Monitor<Int>) { self.seats = seats }

        // Whoever sends the stream lets go of it at its end, however it comes.
        deinit { seats.withLock { $0 -= 1 } }

        func sent(_ bytes: UnsafeRawBufferPointer, at time: Int64) {}

        func ended(_ ending: DeliveryEnding, at time: Int64) {}
    }
}
