// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import MicroHTTP

final class TLSCertificateTests: XCTestCase {
    private let good = TestCertificate.shared

    private func error(
        _ certificate: TLSCertificate, file: StaticString = #filePath, line: UInt = #line
    ) -> HTTPServerError? {
        do {
            _ = try certificate.loaded()
            XCTFail("it is good", file: file, line: line)
        } catch {
            XCTAssertFalse(error.description.contains("\n"), error.description, file: file, line: line)
            return error
        }
        return nil
    }

    private func write(_ certificate: TestCertificate) throws -> (
        folder: String, authority: String, certificate: String, key: String
    ) {
        let files = try certificate.write()
        addTeardownBlock { try? FileManager.default.removeItem(atPath: files.folder) }
        return files
    }

    func test_filesAndBytes_areTaken() throws {
        XCTAssertNoThrow(try TLSCertificate(certificate: good.certificate, key: good.key).loaded())
        let files = try write(good)
        XCTAssertNoThrow(
            try TLSCertificate(certificateFile: files.certificate, keyFile: files.key).loaded())
        XCTAssertNoThrow(
            try TLSCertificate(certificate: good.certificate + good.authority, key: good.key).loaded(),
            "a chain")
        XCTAssertNoThrow(
            try TLSCertificate(certificate: good.certificate, key: good.certificate + good.key).loaded(),
            "a key behind something else")
    }

    func test_filesThatCanNotBeRead_areNamed() throws {
        let files = try write(good)
        for path in ["/no/such/file.pem", files.folder] {
            let missing = error(TLSCertificate(certificateFile: path, keyFile: files.key))
            XCTAssertEqual(missing?.code, .certificateUnreadable)
            XCTAssertTrue(
                missing?.description.hasPrefix("can't read the TLS certificate \(path): ") == true,
                "\(String(describing: missing))")
            let key = error(TLSCertificate(certificateFile: files.certificate, keyFile: path))
            XCTAssertEqual(key?.code, .certificateUnreadable)
            XCTAssertTrue(key?.description.hasPrefix("can't read the TLS key \(path): ") == true)
        }
    }

    func test_whatIsNoCertificate_isNamed() throws {
        let files = try write(good)
        let swapped = error(TLSCertificate(certificateFile: files.key, keyFile: files.certificate))
        XCTAssertEqual(swapped?.code, .certificateUnusable)
        XCTAssertTrue(
            swapped?.description.hasPrefix("the TLS certificate \(files.key) is no certificate in PEM: ")
                == true, "\(String(describing: swapped))")
        let noKey = error(TLSCertificate(certificateFile: files.certificate, keyFile: files.authority))
        XCTAssertEqual(noKey?.code, .certificateUnusable)
        XCTAssertTrue(
            noKey?.description.hasPrefix("the TLS key \(files.authority) is no private key in PEM") == true)
        let nonsense: [[UInt8]] = [
            [], [0], bytes("nonsense"), [0] + good.certificate, Array(good.certificate.dropLast(40)),
            bytes("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n"),
            [UInt8](repeating: 65, count: 3 << 20),
        ]
        for text in nonsense {
            XCTAssertEqual(
                error(TLSCertificate(certificate: text, key: good.key))?.code, .certificateUnusable)
            XCTAssertEqual(
                error(TLSCertificate(certificate: good.certificate, key: text))?.code, .certificateUnusable)
        }
    }

    func test_pairsThatDoNotFit_areToldTogether() throws {
        let (one, other) = (try write(good), try write(.other))
        let error = error(TLSCertificate(certificateFile: one.certificate, keyFile: other.key))
        XCTAssertEqual(error?.code, .certificateUnusable)
        XCTAssertTrue(
            error?.description.hasPrefix(
                "the TLS key \(other.key) isn't that of the certificate in \(one.certificate): ") == true,
            "\(String(describing: error))")
    }

    func test_server_doesNotStart_withoutAGoodCertificate() throws {
        XCTAssertThrowsError(
            try makeServer(PlanHandler { _ in make() }) {
                $0.certificate = TLSCertificate(certificate: [], key: [])
            })
    }
}
