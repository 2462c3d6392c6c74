// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class TenantTests: XCTestCase {
    func test_aKey_isInNothingThatIsKeptOrShown() {
        let tenant = Tenant.ofKey("made-up-key")
        XCTAssertEqual(tenant.name, "made-up-key")
        // printf key:made-up-key | sha256sum
        XCTAssertEqual(
            tenant.id, "key:edd6bdffda63aaffea1fef3a86c93e4532e98817c8dd3f48a533fba450d32833",
            "the key's hash")
        XCTAssertEqual(tenant.label, String(tenant.id.prefix(16)))
        XCTAssertEqual(tenant.withoutSecret, tenant)
        XCTAssertEqual(tenant.withoutSecret.name, tenant.label)
    }

    func test_otherTenants_areShownByTheirNames() {
        XCTAssertEqual(Tenant.named("a").label, "a")
        XCTAssertEqual(Tenant.ofProject("p").label, "project:p")
        XCTAssertEqual(Tenant.ofProject("").label, "project:")
    }

    func test_kindsOfTenants_areNeverTakenForEachOther() {
        let all = [Tenant.ofKey("x"), .named("x"), .ofProject("x"), .named("project:x"), .ofProject("key:x")]
        XCTAssertEqual(Set(all).count, all.count)
    }

    func test_named_findsByWhatIsShown_thenByKey_thenByProject() {
        let known = [
            Tenant.named("alice"), .ofKey("alice"), .ofKey("secret"), .ofProject("secret"), .ofProject("p"),
        ].map(\.withoutSecret)
        let key = Tenant.ofKey("secret")
        for (text, wanted) in [
            ("alice", Tenant.named("alice")), (Tenant.ofKey("alice").label, .ofKey("alice")),
            ("secret", key), (key.label, key), (key.id, key), ("project:secret", .ofProject("secret")),
            ("p", .ofProject("p")), ("tenant:alice", .named("alice")),
        ] {
            XCTAssertEqual(Tenant.named(text, among: known), wanted, text)
        }
        for text in ["bob", "", "key:", "key:\(String(repeating: "0", count: 12))", "project:q"] {
            XCTAssertNil(Tenant.named(text, among: known), text)
        }
    }

    func test_whatIsMadeOfAnId_isShownLikeTheOthers() {
        for tenant in [Tenant.named("alice"), .ofKey("secret"), .ofProject("p")] {
            XCTAssertEqual(Tenant(tenant.id).label, tenant.label)
            XCTAssertEqual(Tenant.ofHash(tenant.hash).hash, tenant.hash)
        }
        XCTAssertEqual(Tenant.ofHash(Tenant.ofKey("secret").hash), .ofKey("secret"))
    }
}
