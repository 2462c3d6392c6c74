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
        guard let thread = WorkerThread.start(body, nil) else { preconditionFailure("no thread can be had") }
        self.thread = thread
    }

    /// Runs `body` on a thread of its own that nobody waits for.
    ///
    /// - Returns: whether one can be had.
    public static func detach(_ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        return start(body, &attributes) != nil
    }

    /// Waits until the body has returned. Once, and not from the thread itself.
    public func join() { pthread_join(thread, nil) }

    private final class Body {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// - Returns: nil where none can be had.
    private static func start(
        _ body: @escaping @Sendable () -> Void, _ attributes: UnsafePointer<pthread_attr_t>?
    ) -> pthread_t? {
        let argument = Unmanaged.passRetained(Body(body))
        #if canImport(Glibc)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        let failed = pthread_create(&thread, attributes, { WorkerThread.run($0) }, argument.toOpaque())
        guard failed == 0 else {
            argument.release()
            return nil
        }
        return thread
    }

    private static func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
    }
}
