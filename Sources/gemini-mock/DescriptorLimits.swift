// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How many descriptors this process may have. A server raises that; some programs close, or count on, as many as they may
/// have, so a command is to get what this process got.
struct DescriptorLimits {
    #if canImport(Glibc)
        private static let kind = __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue))
    #else
        private static let kind = RLIMIT_NOFILE
    #endif

    private let limits: rlimit

    /// Those of now; nil where they can't be had.
    init?() {
        var limits = rlimit()
        guard getrlimit(DescriptorLimits.kind, &limits) == 0 else { return nil }
        self.limits = limits
    }

    func set() {
        var limits = limits
        setrlimit(DescriptorLimits.kind, &limits)
    }
}
