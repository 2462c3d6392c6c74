// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class CredentialFieldsTests: XCTestCase {
    func test_headers_areLowerCase() {
        XCTAssertEqual(CredentialFields.headers, CredentialFields.headers.map { $0.lowercased() })
        XCTAssertTrue(CredentialFields.headers.contains("x-goog-api-key"))
        XCTAssertTrue(CredentialFields.headers.contains("authorization"))
    }

    func test_headers_areAllCredentials() {
        for name in CredentialFields.headers {
            XCTAssertTrue(CredentialFields.isCredential(named: name), name)
            XCTAssertTrue(CredentialFields.isCredential(named: name.uppercased()), name)
        }
    }
}
