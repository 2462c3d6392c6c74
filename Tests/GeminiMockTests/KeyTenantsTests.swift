// SPDX-License-Identifier: Apache-2.0

import GeminiService
import XCTest

@testable import GeminiMock

final class KeyTenantsTests: XCTestCase {
    func test_everyKey_hasATenantOfItsOwn_howeverManyThereWere() {
        let tenants = KeyTenants()
        for round in 0..<2 {
            for number in 0..<600 {
                let key = "made-up-\(number)"
                XCTAssertEqual(tenants.tenant(of: key), Tenant.ofKey(key), "\(round)")
                XCTAssertEqual(tenants.tenant(of: key).name, key)
            }
        }
    }
}
