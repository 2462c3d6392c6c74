// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class RedactorFieldsTests: XCTestCase {
    private func assertRedacted(
        _ cases: [(name: String, value: String, redacted: String)], known: [String] = [], line: UInt = #line
    ) {
        let fields = cases.map { HTTPFields.Field($0.name, $0.value) }
        let expected = cases.map { HTTPFields.Field($0.name, $0.redacted) }
        let redactor = Redactor(secrets: known)
        XCTAssertEqual(redactor.fields(fields), expected, line: line)
        XCTAssertEqual(redactor.fields(HTTPFields(fields)).all, expected, line: line)
    }

    func test_eachCredentialField_isReplaced_whateverItsSpelling() {
        for name in CredentialFields.headers {
            for spelling in [name, name.uppercased(), name.capitalized] {
                assertRedacted([
                    ("a", "b", "b"), (spelling, "s", "REDACTED"), (spelling, "", "REDACTED"), ("A", "B", "B"),
                ])
            }
            XCTAssertTrue(CredentialFields.isCredential(named: name), name)
        }
        assertRedacted([("X-My-Api-Key", "s", "REDACTED"), ("x-auth-token", "s", "REDACTED")])
    }

    func test_scheme_stays() {
        assertRedacted([
            ("Authorization", "Bearer s", "Bearer REDACTED"),
            ("authorization", "Basic YTpi", "Basic REDACTED"),
            ("Authorization", "unheard-of s", "REDACTED"), ("Authorization", "Bearer", "REDACTED"),
        ])
    }

    func test_urls_keepAllButTheirCredentials() {
        for name in ["X-Goog-Upload-URL", "x-goog-upload-control-url", "Location", "Referer"] {
            assertRedacted([
                (
                    name, "http://h/f?upload_id=s&upload_protocol=resumable&key=t",
                    "http://h/f?upload_id=REDACTED&upload_protocol=resumable&key=REDACTED"
                ),
                (name, "/f?a=b", "/f?a=b"),
            ])
        }
    }

    func test_otherValues_areSearched_andStay() {
        assertRedacted(
            [
                ("X-Note", "any-key and AIzaSyA0123456789abcdefghijklmnopqrstuv", "REDACTED and REDACTED"),
                ("X-Note", "see http://h/?key=s", "see http://h/?key=REDACTED"),
                ("Host", "127.0.0.1:8080", "127.0.0.1:8080"),
                (
                    "User-Agent", "google-genai-sdk/3.4.0 gl-python/3.11.7",
                    "google-genai-sdk/3.4.0 gl-python/3.11.7"
                ),
                ("Content-Type", "application/json", "application/json"),
                ("x-goog-user-project", "my-project", "my-project"),
                ("X-Goog-Api-Client", "a", "a"), ("X-Monkey", "abc", "abc"),
            ], known: ["any-key"])
    }

    func test_secrets_areThoseOfTheRequest_rawAndDecoded() {
        let head = RequestHead(
            method: "POST", target: RequestTarget("/a?key=k%2Be+y&x=1&upload_id=u&access_token=t&key="),
            fields: HTTPFields([
                HTTPFields.Field("Authorization", "Bearer b"), HTTPFields.Field("x-goog-api-key", "h%41"),
                HTTPFields.Field("Cookie", "c=d"), HTTPFields.Field("Host", "h"),
            ]))
        XCTAssertEqual(Redactor.secrets(of: head), ["b", "h%41", "hA", "c=d", "k%2Be+y", "k+e y", "u", "t"])
        let none = RequestHead(method: "GET", target: RequestTarget("/a"), fields: HTTPFields())
        XCTAssertEqual(Redactor.secrets(of: none), [])
    }
}
