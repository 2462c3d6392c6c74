// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a server could not be started: what was tried, why it failed, what to do.
public struct HTTPServerError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: Sendable {
        case addressUnknown, addressInUse, addressNotPermitted, libraryFailed
        case certificateUnreadable, certificateUnusable
    }

    public let code: Code
    public let description: String

    /// - Parameter status: what `getaddrinfo` has given.
    static func unknownAddress(_ host: String, status: Int32) -> HTTPServerError {
        HTTPServerError(
            code: .addressUnknown,
            description:
                "can't listen on \"\(host)\": \(String(cString: gai_strerror(status))); try 127.0.0.1"
        )
    }

    static func listening(on host: String, port: Int, errno number: Int32) -> HTTPServerError {
        let reason = String(cString: strerror(number))
        switch number {
        case EADDRINUSE:
            return HTTPServerError(
                code: .addressInUse,
                description:
                    "can't listen on \(host):\(port): another program does; choose another port, or 0 for any"
            )
        case EACCES:
            return HTTPServerError(
                code: .addressNotPermitted,
                description: "can't listen on \(host):\(port): \(reason); ports below 1024 need more rights"
            )
        default:
            return HTTPServerError(
                code: .addressUnknown, description: "can't listen on \(host):\(port): \(reason)"
            )
        }
    }

    static let daemonFailed = HTTPServerError(
        code: .libraryFailed,
        description: "libmicrohttpd could not start; --log-level debug shows its own words"
    )

    /// - Parameter name: what the file is to have in it.
    static func unreadable(_ name: String, _ path: String, errno number: Int32) -> HTTPServerError {
        HTTPServerError(
            code: .certificateUnreadable,
            description: "can't read \(name) \(path): \(String(cString: strerror(number)))")
    }

    /// - Parameters:
    ///   - path: nil where it isn't in a file.
    ///   - reason: GnuTLS's own words.
    static func unusable(_ name: String, _ path: String?, _ problem: String, _ reason: String)
        -> HTTPServerError
    {
        HTTPServerError(
            code: .certificateUnusable,
            description: "\(name)\(path.map { " \($0)" } ?? "") \(problem): \(reason)")
    }
}
