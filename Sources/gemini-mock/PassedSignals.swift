// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The signals that a command in front of which this program stands is to get, and the one that tells its end. They are
/// waited for instead of handled. What stops and continues a job (Ctrl-Z) reaches both programs and isn't touched.
struct PassedSignals {
    /// One that has arrived.
    struct Arrival {
        let number: Int32
        /// Whether a key or the end of a terminal has sent it. Then the command, being of the same process group, has got it.
        let isFromTerminal: Bool
    }

    /// What the mask was.
    private(set) var maskBefore = sigset_t()
    private var set = sigset_t()

    /// Blocks the signals in this thread and in those that it starts from now on.
    init() {
        // By its default SIGCHLD is ignored, and not every system keeps ignored signals for those who wait.
        signal(SIGCHLD, doNothing)
        sigemptyset(&set)
        for signal in [SIGCHLD, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2] {
            sigaddset(&set, signal)
        }
        pthread_sigmask(SIG_BLOCK, &set, &maskBefore)
    }

    /// Waits for the next one.
    func next() -> Arrival {
        var set = set
        #if canImport(Glibc)
            var details = siginfo_t()
            while true {
                let number = sigwaitinfo(&set, &details)
                guard number < 0 else {
                    return Arrival(
                        number: number, isFromTerminal: details.si_code == PassedSignals.fromKernel)
                }
            }
        #else
            var number: Int32 = 0
            while sigwait(&set, &number) != 0 {}
            // Who has sent it can't be known; a job in the foreground gets most of its signals by keys.
            let isByKey = [SIGHUP, SIGINT, SIGQUIT].contains(number)
            return Arrival(
                number: number, isFromTerminal: isByKey && tcgetpgrp(STDERR_FILENO) == getpgrp())
        #endif
    }

    #if canImport(Glibc)
        /// `SI_KERNEL`: no process has sent it.
        private static let fromKernel: Int32 = 0x80
    #endif
}

/// A C call-back must be a global function.
private func doNothing(_ signal: Int32) {}
