// SPDX-License-Identifier: Apache-2.0

import CGnuTLS
import Foundation
import XCTest

@testable import MicroHTTP

final class TLSAuthorityTests: XCTestCase {
    private let now = Int(Date().timeIntervalSince1970)
    private let day = 86_400

    private func make(_ names: [TLSName] = [], now: Int? = nil) throws -> TLSAuthority {
        try TLSAuthority.make(for: names, now: now ?? self.now)
    }

    /// A leaf that the authority itself would refuse to sign.
    private func stolen(_ authority: TLSAuthority, _ name: TLSName) throws -> X509Certificate {
        let terms = X509Certificate.Terms(
            name: "thief", begins: now - 10, expires: now + day, key: try X509Key.make())
        let leaf = try X509Certificate.leaf(
            terms, names: [name], by: try X509Certificate(pem: authority.certificate),
            try X509Key(pem: authority.key))
        // One that was only made can't be checked.
        return try X509Certificate(pem: try leaf.pem())
    }

    /// Whether GnuTLS takes a server's certificate for a host where this authority is trusted.
    private func isTrusted(_ leaf: X509Certificate, for host: String, by authority: TLSAuthority) throws
        -> Bool
    {
        var list: gnutls_x509_trust_list_t?
        XCTAssertGreaterThanOrEqual(gnutls_x509_trust_list_init(&list, 0), 0)
        defer { gnutls_x509_trust_list_deinit(list, 0) }
        let root = try X509Certificate(pem: authority.certificate)
        var roots: [gnutls_x509_crt_t?] = [root.certificate]
        XCTAssertEqual(gnutls_x509_trust_list_add_cas(list, &roots, 1, 0), 1)
        var chain: [gnutls_x509_crt_t?] = [leaf.certificate]
        var status: UInt32 = 0
        XCTAssertGreaterThanOrEqual(
            gnutls_x509_trust_list_verify_crt(list, &chain, 1, 0, &status, nil), 0)
        return withExtendedLifetime((root, leaf)) {
            status == 0 && gnutls_x509_crt_check_hostname(leaf.certificate, host) != 0
        }
    }

    private func leaf(_ certificate: TLSCertificate) throws -> X509Certificate {
        let loaded = try certificate.loaded()
        return try X509Certificate(pem: Array(String(cString: loaded.certificate).utf8))
    }

    func test_leaf_isTrusted_forUsualAndAskedNames() throws {
        let authority = try make([.host("mock.internal")])
        let leaf = try leaf(
            try authority.certificate(
                for: [.host("a.mock.internal"), .host("localhost")], now: now))
        for name in ["generativelanguage.googleapis.com", "localhost", "127.0.0.1", "::1", "a.mock.internal"]
        {
            XCTAssertTrue(try isTrusted(leaf, for: name, by: authority), name)
        }
        XCTAssertFalse(try isTrusted(leaf, for: "mock.internal", by: authority), "not asked for")
        XCTAssertFalse(try isTrusted(leaf, for: "localhost", by: try make()), "another authority")
        XCTAssertLessThan(leaf.expires, now + 398 * day)
    }

    func test_leaf_isRefused_forOtherNames() throws {
        let authority = try make([.host("mock.internal")])
        for name in ["example.com", "googleapis.com", "10.0.0.1"] {
            let name = try XCTUnwrap(TLSName(name))
            XCTAssertThrowsError(try authority.certificate(for: [name], now: now)) { error in
                XCTAssertEqual((error as? TLSAuthorityError)?.code, .nameNotPermitted)
                XCTAssertTrue("\(error)".contains("\(name)"), "\(error)")
                XCTAssertTrue("\(error)".contains("mock.internal"), "\(error)")
            }
        }
    }

    /// Who has the key can't use it for anything else: clients look at the bounds themselves.
    func test_whatAThiefSigns_isNotTrusted() throws {
        let authority = try make()
        for name in ["example.com", "www.google.com", "10.0.0.1", "2001:db8::1"] {
            let leaf = try stolen(authority, try XCTUnwrap(TLSName(name)))
            XCTAssertFalse(try isTrusted(leaf, for: name, by: authority), name)
        }
        let honest = try stolen(authority, .host("localhost"))
        XCTAssertTrue(try isTrusted(honest, for: "localhost", by: authority), "the check itself")
    }

    func test_itComesBackFromItsText() throws {
        let authority = try make([.host("mock.internal"), .address([10, 0, 0, 1])])
        XCTAssertEqual(try TLSAuthority(pem: authority.pem), authority)
        XCTAssertEqual(
            authority.permitted, TLSAuthority.usualNames + [.host("mock.internal"), .address([10, 0, 0, 1])])
        let other = try make()
        XCTAssertNotEqual(other.name, authority.name)
        XCTAssertThrowsError(try TLSAuthority(pem: other.key + authority.certificate))
        XCTAssertThrowsError(try TLSAuthority(pem: Array("nothing".utf8)))
    }

    /// Else a certificate that was put there by mistake would vouch for the whole world.
    func test_anAuthorityWithoutBounds_isNotUsed() throws {
        let key = try X509Key.make()
        let terms = X509Certificate.Terms(name: "free", begins: now, expires: now + day, key: key)
        let free = try X509Certificate.authority(terms, permitted: [])
        XCTAssertThrowsError(try TLSAuthority(pem: try key.pem() + free.pem())) { error in
            XCTAssertTrue("\(error)".contains("every name"), "\(error)")
        }
    }

    func test_renewed_isTrustedWhereTheOldOneIs() throws {
        let old = try make([.host("mock.internal")], now: now - 3600 * day)
        XCTAssertTrue(old.isOld(now: now))
        XCTAssertFalse(old.isOld(now: now - 1000 * day))
        let new = try old.renewed(now: now)
        XCTAssertFalse(new.isOld(now: now))
        XCTAssertEqual(new.name, old.name)
        XCTAssertEqual(new.permitted, old.permitted)
        let leaf = try leaf(try new.certificate(for: [.host("mock.internal")], now: now))
        XCTAssertTrue(try isTrusted(leaf, for: "mock.internal", by: old))
        XCTAssertTrue(try isTrusted(leaf, for: "mock.internal", by: new))
    }
}
