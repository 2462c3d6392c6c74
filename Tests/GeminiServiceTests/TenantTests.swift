// SPDX-License-Identifier: Apache-2.0

import GeminiService
import XCTest

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
}
