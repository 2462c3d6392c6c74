// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

final class ReadyRouteTests: AdminTestCase {
    func test_ready_isTold() throws {
        let server = try serve()
        XCTAssertEqual(try shown(server, "ready", "status"), "ready")
        XCTAssertEqual(try shown(server, "health", "version"), geminiMockVersion)
    }
}
