// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire
import ScenarioEngine
import XCTest

@testable import GeminiMock

final class CredentialsTests: XCTestCase {
    private func tenant(
        _ target: String = "/", _ fields: [(String, String)] = [], known: Set<String>? = nil,
        player: ScenarioPlayer = ScenarioPlayer()
    ) throws -> Tenant {
        let fields = HTTPFields(fields.map { HTTPFields.Field($0.0, $0.1) })
        let head = RequestHead(method: "GET", target: RequestTarget(target), fields: fields)
        return try Credentials(known: known, player: player).tenant(of: head)
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

    private static let key = ("x-goog-api-key", "made-up")
    /// `printf key:made-up | sha256sum`
    private static let hash = "key:b56e8e695f453ced9487305427b35a186958abd069455371b7c6f46d8b5f3d6b"
    private static let token = ("Authorization", "Bearer made-up")
    private static let project = ("x-goog-user-project", "p")
    private static func named(_ name: String) -> (String, String) { ("X-Gemini-Mock-Tenant", name) }

    /// Path, then header, then what the credential says.
    func test_tenant_isChosen() throws {
        typealias Here = CredentialsTests
        for (target, fields, id) in [
            ("/v1/models", [Here.key], Here.hash),
            ("/v1/models?key=made-up", [], Here.hash),
            ("/v1/models", [Here.key, Here.project], Here.hash),
            ("/v1/models", [Here.token, Here.project], "project:p"),
            ("/v1/models", [Here.token], "project:"),
            ("/v1/models", [Here.key, Here.named("h")], "tenant:h"),
            ("/v1/models", [Here.token, Here.project, Here.named("h")], "tenant:h"),
            ("/t/p.1/v1/models", [Here.key], "tenant:p.1"),
            ("/t/p/v1/models", [Here.token, Here.project, Here.named("h")], "tenant:p"),
            ("/t/p/upload/v1beta/files", [Here.key, Here.named("h")], "tenant:p"),
            ("http://proxied/t/p/v1/models?key=made-up", [], "tenant:p"),
            // Elsewhere in the path it is no prefix.
            ("/v1/t/p/models", [Here.key], Here.hash),
            ("/tt/p/models", [Here.key], Here.hash),
            ("/t/p", [Here.key], Here.hash),
        ] {
            XCTAssertEqual(try tenant(target, fields).id, id, target)
        }
    }

    /// A name never is what another kind of tenant is called.
    func test_tenants_ofSeveralKindsAreNeverTheSame() throws {
        typealias Here = CredentialsTests
        for name in ["a", "key", "project", "tenant"] {
            let all = [
                try tenant("/", [("x-goog-api-key", name)]), try tenant("/?key=tenant:\(name)"),
                try tenant("/?key=project:\(name)"),
                try tenant("/", [Here.token, ("x-goog-user-project", name)]),
                try tenant("/", [Here.token, ("x-goog-user-project", "tenant:\(name)")]),
                try tenant("/", [Here.key, Here.named(name)]),
            ]
            XCTAssertEqual(Set(all).count, all.count, name)
            XCTAssertEqual(all.last, try tenant("/t/\(name)/v1/models", [Here.key]))
        }
    }

    func test_names_thatAreRealKeys_areNotShown() throws {
        let key = "AIzaSyA0123456789abcdefghijklmnopqrstuv"
        for named in [
            try tenant("/t/\(key)/v1/models", [CredentialsTests.key]),
            try tenant("/v1/models", [CredentialsTests.key, CredentialsTests.named(key)]),
        ] {
            XCTAssertFalse(named.id.contains(key))
            XCTAssertFalse(named.label.contains(key))
            XCTAssertEqual(named, Tenant.ofKey(key))
        }
    }

    func test_badNames_areRefused_withoutRepeatingThem() {
        typealias Here = CredentialsTests
        for name in ["", ".", "..", "a b", "a:b", "é", String(repeating: "x", count: 101)] {
            XCTAssertEqual(error { try tenant("/", [Here.key, Here.named(name)]) }, .badTenantName, name)
        }
        for path in ["/t//v1/models", "/t/../v1/models", "/t/a%2Fb/v1/models", "/t/a%00/v1/models"] {
            XCTAssertEqual(error { try tenant(path, [Here.key]) }, .badTenantName, path)
        }
        XCTAssertEqual(APIError.badTenantName.status.http, 400)
        XCTAssertEqual(
            APIError.badTenantName.details.first?["domain"], .string("gemini-mock"))
    }

    /// Whatever else tells the tenant.
    func test_credentials_areStillNeeded() {
        typealias Here = CredentialsTests
        XCTAssertEqual(error { try tenant("/t/a/v1/models") }, .noCredential)
        XCTAssertEqual(error { try tenant("/v1/models", [Here.named("a")]) }, .noCredential)
        XCTAssertEqual(error { try tenant("/t/a/v1/models?key=no", known: ["yes"]) }, .unknownKey("no"))
        XCTAssertEqual(error { try tenant("/t/a/v1/models?key=a", [Here.key]) }, .severalCredentials)
    }

    /// Such a key is good besides those that are told, if its scenario is there.
    func test_scenario_isNamedByKeyOrHeader() throws {
        let player = ScenarioPlayer()
        let loader = ScenarioLoader(
            [], library: ["a", "b"].map { MockScenario($0, stubs: [MockStub("s", replies: [.text("x")])]) },
            vocabulary: .ofThisServer)
        player.play(try XCTUnwrap(loader.load().repertoire))
        for (key, header, scenario) in [
            ("scenario:a:1", nil, "a"), ("scenario:a:1", "b", "b"), ("scenario:a", nil, "a"),
            ("good", "b", "b"),
            ("good", nil, nil),
        ] as [(String, String?, String?)] {
            let fields = header.map { [("X-Gemini-Mock-Scenario", $0)] } ?? []
            let tenant = try tenant("/?key=\(key)", fields, known: ["good"], player: player)
            XCTAssertEqual(tenant.scenario, scenario, key)
            XCTAssertEqual(tenant, Tenant.ofKey(key))
        }
        for (key, header) in [
            ("scenario:none", nil), ("scenario:none", "a"), ("scenario:a", "none"), ("good", ""),
            ("scenario:", nil),
        ] as [(String, String?)] {
            let fields = header.map { [("X-Gemini-Mock-Scenario", $0)] } ?? []
            let error = error { try tenant("/?key=\(key)", fields, player: player) }
            XCTAssertEqual(error?.details.first?["reason"], .string("UNKNOWN_SCENARIO"), key)
        }
        XCTAssertEqual(
            error {
                try tenant("/", [("Authorization", "Bearer scenario:a")], known: ["good"], player: player)
            },
            .unknownToken)
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
        for name in ["key", "access_token"] {
            XCTAssertNoThrow(try tenant("/?\(name)=made-up"), name)
            XCTAssertTrue(CredentialFields.queryParameters.contains(name))
            XCTAssertFalse(
                Redactor().target(RequestTarget("/?\(name)=made-up")).contains("made-up"), name)
        }
        for name in ["x-goog-api-key", "authorization"] {
            XCTAssertTrue(CredentialFields.headers.contains(name))
        }
    }
}
