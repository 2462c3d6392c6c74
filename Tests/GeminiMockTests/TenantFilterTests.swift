// SPDX-License-Identifier: Apache-2.0

import GeminiService
import XCTest

@testable import GeminiMock

final class TenantFilterTests: XCTestCase {
    func test_aTenant_isMeantByItsName_itsLabelOrItsKey() {
        let key = Tenant.ofKey("a-made-up-key").withoutSecret
        let (named, project) = (Tenant.named("worker-1"), Tenant.ofProject("p"))
        for (text, fitting) in [
            ("a-made-up-key", key), (key.label, key), ("worker-1", named), ("project:p", project),
        ] {
            for tenant in [key, named, project] {
                XCTAssertEqual(TenantFilter(text).fits(tenant), tenant == fitting, "\(text) \(tenant.label)")
            }
            XCTAssertFalse(TenantFilter(text).fits(nil))
        }
    }
}
