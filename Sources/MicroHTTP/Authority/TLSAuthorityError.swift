// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why there is no authority, or why it doesn't vouch for something: what was tried, why it failed, what to do.
public struct TLSAuthorityError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Its folder, or a file in it, can't be made, read or written.
        case folderUnusable
        /// A file isn't what it should be, or others may read or change it.
        case fileUnsafe
        case nameNotPermitted
        case libraryFailed
    }

    public let code: Code
    public let description: String

    static func file(_ operation: String, _ path: String, errno number: Int32) -> TLSAuthorityError {
        TLSAuthorityError(
            code: .folderUnusable,
            description:
                "can't \(operation) \(path): \(String(cString: strerror(number))); XDG_DATA_HOME names another folder"
        )
    }

    static func unsafe(_ path: String, _ why: String) -> TLSAuthorityError {
        TLSAuthorityError(
            code: .fileUnsafe, description: "the authority in \(path) isn't used, since \(why)")
    }

    static func busy(_ path: String) -> TLSAuthorityError {
        TLSAuthorityError(
            code: .folderUnusable,
            description: "another program has had the lock \(path) for too long; end it")
    }

    static func notPermitted(_ name: TLSName, _ permitted: [TLSName]) -> TLSAuthorityError {
        TLSAuthorityError(
            code: .nameNotPermitted,
            description: """
                the authority may not vouch for \(name), only for \(permitted.map(\.description).joined(separator: ", ")); \
                `gemini-mock ca replace --tls-name \(name)` makes one that may
                """)
    }

    /// - Parameter reason: GnuTLS's own words.
    static func library(_ operation: String, _ reason: String) -> TLSAuthorityError {
        TLSAuthorityError(
            code: .libraryFailed, description: "GnuTLS can't \(operation): \(reason)")
    }
}
