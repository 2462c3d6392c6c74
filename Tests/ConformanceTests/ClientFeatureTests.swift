// SPDX-License-Identifier: Apache-2.0

import ConformanceServer
import XCTest

@testable import Conformance

final class ClientFeatureTests: XCTestCase {
    func test_thoseOfTheEmbeddedSuites() throws {
        let needs = try EmbeddedSuites.read().flatMap(\.cases).flatMap(\.needs)
        XCTAssertEqual(Set(needs), Set(ClientFeature.names))
        XCTAssertEqual(ClientFeature.names.count, Set(ClientFeature.names).count)
    }
}
