// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The process groups of clients that run, so that they can be ended with this program: Ctrl-C doesn't reach them.
public enum ClientSignals {
    private static let groups = Monitor<Set<pid_t>>([])

    /// Blocks SIGINT, SIGTERM and SIGHUP in this thread and in those that it starts from now on. When one comes all clients
    /// are ended, and then this program as the signal would have.
    public static func watch() {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGHUP, SIGINT, SIGTERM] { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        _ = Thread.start {
            var (waited, arrived) = (sigset_t(), Int32(0))
            sigemptyset(&waited)
            for signal in [SIGHUP, SIGINT, SIGTERM] { sigaddset(&waited, signal) }
            while sigwait(&waited, &arrived) != 0 {}
            // Who holds the lock is about to start or to end one; it stays locked, so that none is started any more.
            groups.withLock { groups in
                for group in groups { kill(-group, SIGKILL) }
                _exit(128 + arrived)
            }
        }
    }

    /// Starts a client, and knows it from then on.
    static func spawning(_ start: () -> (pid_t, Int32)) -> (pid_t, Int32) {
        groups.withLock { groups in
            let (pid, problem) = start()
            if problem == 0 { groups.insert(pid) }
            return (pid, problem)
        }
    }

    /// A client is reaped: its number may be another's.
    static func ended(_ pid: pid_t) { groups.withLock { _ = $0.remove(pid) } }
}
