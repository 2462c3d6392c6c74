// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import Drift

final class IgnoredDriftTests: XCTestCase {
    private func finding(_ kind: DriftFinding.Kind, _ place: String) -> DriftFinding {
        DriftFinding(kind: kind, place: place, recorded: nil, now: nil, against: [.recording])
    }

    func test_places_andWhatIsInside_areIncluded() throws {
        let ignored = try XCTUnwrap(
            IgnoredDrift(["/usageMetadata", "/candidates/0/mood", "/a/*/c", "/x~1y", "Server"]))
        for place in [
            "/usageMetadata", "/usageMetadata/a/*", "/candidates/*/mood", "/a/b/c", "/a/*/c/d", "/x~1y",
        ] {
            for kind in [DriftFinding.Kind.newField, .vanishedField, .changedType, .newValue] {
                XCTAssertTrue(ignored.includes(finding(kind, place)), place)
            }
        }
        for place in [
            "", "/", "/usage", "/candidates", "/candidates/*", "/candidates/*/moods", "/a/b", "/x/y",
        ] {
            XCTAssertFalse(ignored.includes(finding(.newField, place)), place)
        }
        XCTAssertTrue(ignored.includes(finding(.changedHeader, "server")))
        XCTAssertFalse(ignored.includes(finding(.changedHeader, "vary")))
        XCTAssertFalse(ignored.includes(finding(.newField, "server")))
    }

    func test_anotherStatusOrKindOfBody_isAlwaysTold() throws {
        let ignored = try XCTUnwrap(IgnoredDrift(["/", "/*"]))
        XCTAssertFalse(ignored.includes(finding(.changedStatus, "")))
        XCTAssertFalse(ignored.includes(finding(.changedBody, "")))
        XCTAssertTrue(ignored.includes(finding(.newField, "/a/b")))
    }

    func test_whatIsNoPlace_isRefused() {
        for place in ["", "a/b", "two words", "ü", "a\n"] { XCTAssertNil(IgnoredDrift([place]), place) }
        XCTAssertNotNil(IgnoredDrift([]))
    }
}
