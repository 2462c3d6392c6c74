// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire
import XCTest

@testable import GeminiMock

final class CredentialsTests: XCTestCase {
    private func tenant(
        _ target: String = "/", _ fields: [(String, String)] = [], known: Set<String>? = nil
    ) throws -> Tenant {
        let fields = HTTPFields(fields.map { HTTPFields.Field($0.0, $0.1) })
        let head = RequestHead(method: "GET", target: RequestTarget(target), fields: fields)
        return try Credentials(known: known).tenant(of: head)
    }

    private func error(_ body: () throws -> Tenant) -> APIError? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? APIError
        }
    }

    func test_key_isTakenFromHeaderOrQuery_andIsTheTenant() throws {
        let byHeader = try tenant("/", [("X-Goog-Api-Key", "made-up")])
        XCTAssertEqual(byHeader, try tenant("/?key=made-up"))
        XCTAssertNotEqual(byHeader, try tenant("/?key=made-up-2"))
        XCTAssertEqual(byHeader.name, "made-up")
    }

    func test_token_belongsToItsProject() throws {
        let one = try tenant("/", [("Authorization", "Bearer made-up"), ("x-goog-user-project", "p")])
        XCTAssertEqual(
            one, try tenant("/", [("authorization", "bearer other"), ("X-Goog-User-Project", "p")]))
        XCTAssertNotEqual(one, try tenant("/?access_token=made-up"))
        XCTAssertEqual(one.name, "p")
        XCTAssertNotEqual(one, try tenant("/?key=p"), "a key that is spelt like a project")
    }

    func test_missing_isRefused_alsoWhenEveryKeyIsGood() {
        XCTAssertEqual(error { try tenant() }, .noCredential)
        XCTAssertEqual(error { try tenant("/?key=", [("x-goog-api-key", "")]) }, .noCredential)
        XCTAssertEqual(error { try tenant("/", [("Authorization", "Basic abc")]) }, .noCredential)
    }

    func test_unknown_isRefused_inTheWordsOfItsKind() {
        XCTAssertEqual(error { try tenant("/?key=no", known: ["yes"]) }, .unknownKey("no"))
        XCTAssertEqual(error { try tenant("/?key=AQ.no", known: ["yes"]) }, .unknownKey("AQ.no"))
        XCTAssertNotEqual(APIError.unknownKey("no"), APIError.unknownKey("AQ.no"))
        XCTAssertEqual(
            error { try tenant("/", [("Authorization", "Bearer no")], known: ["yes"]) }, .unknownToken
        )
    }

    func test_two_areRefused_inEveryPairing() {
        let (key, token) = (("x-goog-api-key", "a"), ("authorization", "Bearer b"))
        XCTAssertEqual(error { try tenant("/?key=a", [key]) }, .severalCredentials)
        XCTAssertEqual(error { try tenant("/?key=a", [token]) }, .severalCredentials)
        XCTAssertEqual(error { try tenant("/", [key, token]) }, .severalCredentials)
        XCTAssertEqual(error { try tenant("/?key=a&key=b") }, .severalCredentials)
    }

    func test_everyPlaceThatIsAccepted_isOnTheListOfCredentialFields() throws {
        // What this type reads must be what logs and recordings leave out.
        for name in CredentialFields.queryParameters where name != "upload_id" {
            XCTAssertNoThrow(try tenant("/?\(name)=made-up"), name)
            XCTAssertFalse(
                CredentialFields.redact(RequestTarget("/?\(name)=made-up")).contains("made-up"), name)
        }
        for name in ["x-goog-api-key", "authorization"] {
            XCTAssertTrue(CredentialFields.headers.contains(name))
        }
    }
}
