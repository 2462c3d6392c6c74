// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What looks on while tests run that are built for it (`make sanitize`). The programs that they start are built alike.
public enum Sanitizer: String {
    case thread = "__tsan_init"
    case address = "__asan_init"

    /// Whether this process has it.
    public var looksOn: Bool { dlsym(nil, rawValue) != nil }
}
