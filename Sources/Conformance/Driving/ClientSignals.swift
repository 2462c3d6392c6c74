// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The process groups of clients that run, and the folders with their files, so that they end with this program: Ctrl-C
/// doesn't reach them.
public enum ClientSignals {
    private struct Living {
        var groups: Set<pid_t> = []
        var folders: Set<String> = []
    }

    private static let living = Monitor(Living())

    /// Blocks SIGINT, SIGTERM and SIGHUP in this thread and in those that it starts from now on. When one comes all clients
    /// are ended, and then this program as the signal would have.
    public static func watch() {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGHUP, SIGINT, SIGTERM] { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        _ = WorkerThread.detach {
            var (waited, arrived) = (sigset_t(), Int32(0))
            sigemptyset(&waited)
            for signal in [SIGHUP, SIGINT, SIGTERM] { sigaddset(&waited, signal) }
            while sigwait(&waited, &arrived) != 0 {}
            // It stays locked, so that none is started any more.
            living.withLock { living in
                for group in living.groups { kill(-group, SIGKILL) }
                for folder in living.folders { CaseFolder.remove(folder) }
                _exit(128 + arrived)
            }
        }
    }

    /// Starts a client, and knows it from then on: none is started between the signal and the end.
    static func spawning(_ start: () -> (pid_t, Int32)) -> (pid_t, Int32) {
        living.withLock { living in
            let (pid, problem) = start()
            if problem == 0 { living.groups.insert(pid) }
            return (pid, problem)
        }
    }

    /// A client is reaped: its number may be another's.
    static func ended(_ pid: pid_t) { living.withLock { _ = $0.groups.remove(pid) } }

    /// A folder was made.
    static func made(_ folder: String) { living.withLock { _ = $0.folders.insert(folder) } }

    /// A folder was removed.
    static func removed(_ folder: String) { living.withLock { _ = $0.folders.remove(folder) } }
}
