// SPDX-License-Identifier: Apache-2.0

import CGnuTLS

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What GnuTLS's functions give back.
enum GnuTLSResult {
    /// - Parameter operation: what was tried, as in "can't …".
    static func check(_ result: Int32, _ operation: String) throws(TLSAuthorityError) {
        if result < 0 { throw .library(operation, String(cString: gnutls_strerror(result))) }
    }

    static func withDatum<Result>(_ bytes: [UInt8], _ body: (inout gnutls_datum_t) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            // Only read.
            var datum = gnutls_datum_t(
                data: UnsafeMutablePointer(mutating: bytes.baseAddress), size: UInt32(bytes.count))
            return body(&datum)
        }
    }

    /// The bytes that a function of GnuTLS has made.
    static func text(
        _ operation: String, _ export: (UnsafeMutablePointer<gnutls_datum_t>) -> Int32
    ) throws(TLSAuthorityError) -> [UInt8] {
        var datum = gnutls_datum_t()
        let result = export(&datum)
        // Made with the C library's memory, as its documentation says.
        defer { free(datum.data) }
        try check(result, operation)
        return Array(UnsafeBufferPointer(start: datum.data, count: Int(datum.size)))
    }
}
