// SPDX-License-Identifier: Apache-2.0

/// Ends a nap on the wire before its time, from any thread: for what waits for something that another thread brings.
///
/// Who waits calls `reset`, looks, and naps where there is nothing. What comes between the look and the nap isn't missed: a
/// nap doesn't begin while this is rung. One waits at a time.
public final class WakeUp: Sendable, Equatable {
    private struct State {
        var isRung = false
        /// What ends the nap that is under way.
        var wake: (@Sendable () -> Void)?
    }

    private let state = Monitor(State())

    public init() {}

    /// Something has come: ends the nap that is under way, or keeps the next one from beginning.
    public func ring() {
        let wake = state.withLock { state in
            state.isRung = true
            defer { state.wake = nil }
            return state.wake
        }
        wake?()
    }

    /// To be called before the look for what has come.
    public func reset() { state.withLock { $0.isRung = false } }

    /// Whether it was rung since the last `reset`.
    public var isRung: Bool { state.withLock { $0.isRung } }

    /// A nap has begun.
    ///
    /// - Parameter wake: ends it, and does nothing where it has ended. Called once at most, at once where this is rung.
    public func nap(endingBy wake: @escaping @Sendable () -> Void) {
        let isRung = state.withLock { state in
            state.wake = state.isRung ? nil : wake
            return state.isRung
        }
        if isRung { wake() }
    }

    public static func == (one: WakeUp, other: WakeUp) -> Bool { one === other }
}
