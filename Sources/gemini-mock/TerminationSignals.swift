// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// SIGINT and SIGTERM, waited for instead of handled: no code runs in a signal handler.
struct TerminationSignals {
    private var set = sigset_t()

    /// Blocks the signals in this thread and in those that it starts from now on.
    init() {
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Returns when one of them arrives.
    func wait() {
        var set = set
        var arrived: Int32 = 0
        while sigwait(&set, &arrived) != 0 {}
    }
}
