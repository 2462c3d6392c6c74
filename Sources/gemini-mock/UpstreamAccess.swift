// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the environment says of the way to a real server; proxies are libcurl's own affair.
enum UpstreamAccess {
    /// The key that clients would take; nil where there is none.
    static var key: String? {
        let environment = CommandEnvironment.inherited
        return environment["GOOGLE_API_KEY"] ?? environment["GEMINI_API_KEY"]
    }

    /// - Parameter option: the file that was given; else that of `SSL_CERT_FILE`.
    /// - Returns: nil for the authorities of the system.
    /// - Throws: exit code 66 where it can't be read; that is told.
    static func authorityFile(_ option: String?) throws -> String? {
        let file = option ?? CommandEnvironment.inherited["SSL_CERT_FILE"]
        if let file, access(file, R_OK) != 0 {
            Output.error(
                "gemini-mock: can't read the authorities in \(file): \(String(cString: strerror(errno)))")
            throw ExitCode(EX_NOINPUT)
        }
        return file
    }
}
