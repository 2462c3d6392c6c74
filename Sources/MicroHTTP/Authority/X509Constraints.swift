// SPDX-License-Identifier: Apache-2.0

import CGnuTLS

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The names that an authority is bound to (RFC 5280 4.2.1.10).
struct X509Constraints {
    /// Hosts, and single addresses.
    private(set) var permitted: [TLSName] = []

    /// More than any authority of ours has.
    private static let mostNames: UInt32 = 1000

    init(of certificate: gnutls_x509_crt_t) throws(TLSAuthorityError) {
        var list: gnutls_x509_name_constraints_t?
        try GnuTLSResult.check(gnutls_x509_name_constraints_init(&list), "read name constraints")
        defer { gnutls_x509_name_constraints_deinit(list) }
        var isCritical: UInt32 = 0
        let result = gnutls_x509_crt_get_name_constraints(certificate, list, 0, &isCritical)
        if result == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE { return }
        try GnuTLSResult.check(result, "read name constraints")
        for index in 0..<X509Constraints.mostNames {
            var (kind, name) = (UInt32(0), gnutls_datum_t())
            let result = gnutls_x509_name_constraints_get_permitted(list, index, &kind, &name)
            if result == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE { break }
            try GnuTLSResult.check(result, "read name constraints")
            let bytes = Array(UnsafeBufferPointer(start: name.data, count: Int(name.size)))
            if kind == GNUTLS_SAN_DNSNAME.rawValue {
                permitted.append(.host(String(decoding: bytes, as: UTF8.self)))
            } else if kind == GNUTLS_SAN_IPADDRESS.rawValue, bytes.count % 2 == 0 {
                permitted.append(.address(Array(bytes.prefix(bytes.count / 2))))
            }
        }
    }

    /// Binds an authority to names. Critical: who doesn't understand it takes nothing from that authority.
    static func set(_ names: [TLSName], on certificate: gnutls_x509_crt_t) throws(TLSAuthorityError) {
        // GnuTLS makes no empty list.
        if names.isEmpty { return }
        let making = "bind an authority to names"
        var list: gnutls_x509_name_constraints_t?
        try GnuTLSResult.check(gnutls_x509_name_constraints_init(&list), making)
        defer { gnutls_x509_name_constraints_deinit(list) }
        for name in names {
            let (kind, bytes) =
                switch name {
                case .host: (GNUTLS_SAN_DNSNAME, name.bytes)
                // An address and its mask: this one alone.
                case .address(let address):
                    (GNUTLS_SAN_IPADDRESS, address + [UInt8](repeating: 0xFF, count: address.count))
                }
            let result = GnuTLSResult.withDatum(bytes) { datum in
                gnutls_x509_name_constraints_add_permitted(list, kind, &datum)
            }
            try GnuTLSResult.check(result, making)
        }
        try GnuTLSResult.check(gnutls_x509_crt_set_name_constraints(certificate, list, 1), making)
    }
}
