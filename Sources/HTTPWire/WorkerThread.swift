// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A thread that can be waited for. It holds on to what its body holds on to, until the body returns.
///
/// `@unchecked Sendable`: a thread's name is a number here and a pointer there, and doesn't change.
public struct WorkerThread: @unchecked Sendable {
    private let thread: pthread_t

    /// Runs `body` on a thread of its own from now on. A process that can have none ends: it couldn't serve either.
    public init(_ body: @escaping @Sendable () -> Void) {
        let argument = Unmanaged.passRetained(Body(body)).toOpaque()
        #if canImport(Glibc)
            var thread = pthread_t()
            let failed = pthread_create(&thread, nil, { WorkerThread.run($0) }, argument)
            precondition(failed == 0, "no thread can be had")
            self.thread = thread
        #else
            var thread: pthread_t?
            let failed = pthread_create(&thread, nil, { WorkerThread.run($0) }, argument)
            guard failed == 0, let thread else { preconditionFailure("no thread can be had") }
            self.thread = thread
        #endif
    }

    /// Waits until the body has returned. Once, and not from the thread itself.
    public func join() { pthread_join(thread, nil) }

    private final class Body {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    private static func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
    }
}
