// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiService
import XCTest

@testable import GeminiMock

/// What the README promises in tables is what the code has.
final class ReadmeTests: XCTestCase {
    private func readme(_ path: String = "README.md") throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    func test_everyEndpoint_hasARow() throws {
        let readme = try readme()
        for endpoint in EndpointTable.all {
            XCTAssertTrue(readme.contains("| `\(endpoint.route.description)` |"), endpoint.route.description)
        }
    }

    /// What `endpoint` may be in scenarios, told where scenarios are.
    func test_everyEndpointsName_isTold() throws {
        let parts = try readme("Scenarios/README.md").components(separatedBy: "Endpoints are called")
        XCTAssertEqual(parts.count, 2)
        let paragraph = try XCTUnwrap(parts.last?.components(separatedBy: "\n\n").first)
        for endpoint in EndpointTable.all {
            XCTAssertTrue(paragraph.contains("`\(endpoint.name)`"), endpoint.name)
        }
    }

    func test_everyReasonOfOurs_isTold() throws {
        let text = try readme()
        for reason in OwnReason.allCases { XCTAssertTrue(text.contains("`\(reason.rawValue)`"), "\(reason)") }
    }

    func test_everyRow_isAnEndpoint() throws {
        let routes = EndpointTable.all.map(\.route.description)
        let rows = try readme().split(separator: "\n").filter {
            $0.contains("/{version}/") && $0.hasPrefix("| `")
        }
        XCTAssertFalse(rows.isEmpty)
        for row in rows {
            XCTAssertTrue(routes.contains { row.hasPrefix("| `\($0)` |") }, String(row))
        }
    }
}
