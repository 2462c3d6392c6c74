// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class BodyShelfTests: XCTestCase {
    private static let good = "bodies/\(ContentHash.hex(of: Array("good".utf8))).bin"
    private static let changed = "bodies/\(ContentHash.hex(of: Array("old".utf8))).bin"

    private func shelf(_ asked: Monitor<[String]>) -> BodyShelf {
        BodyShelf { name in
            asked.withLock { $0.append(name) }
            switch name {
            case BodyShelfTests.good: return .success(Array("good".utf8))
            case BodyShelfTests.changed: return .success(Array("new".utf8))
            default: return .failure(.init(reason: "isn't there"))
            }
        }
    }

    private func text(_ result: Result<[UInt8], RecordingReader.BodyFailure>) -> String {
        switch result {
        case .success(let bytes): String(decoding: bytes, as: UTF8.self)
        case .failure(let failure): failure.reason
        }
    }

    func test_eachBody_isReadOnce_andWhatIsMissingIsNoName() {
        let asked = Monitor<[String]>([])
        let shelf = shelf(asked)
        for _ in 0..<2 {
            XCTAssertEqual(text(shelf.content(of: BodyShelfTests.good, isThorough: true)), "good")
            XCTAssertEqual(text(shelf.content(of: "bodies/x", isThorough: true)), "isn't there")
        }
        XCTAssertEqual(asked.withLock { $0.count { $0 == BodyShelfTests.good } }, 1)
        XCTAssertEqual(shelf.names, [BodyShelfTests.good])
    }

    func test_whatWasChanged_isToldOnce_whereThatIsLookedFor() {
        let shelf = shelf(Monitor([]))
        XCTAssertEqual(
            text(shelf.content(of: BodyShelfTests.changed, isThorough: true)),
            "was changed: its SHA-256 isn't its name any more")
        XCTAssertEqual(text(shelf.content(of: BodyShelfTests.changed, isThorough: true)), "new")
        XCTAssertEqual(
            text(self.shelf(Monitor([])).content(of: BodyShelfTests.changed, isThorough: false)), "new")
    }

    func test_threads_getTheSameBytes() {
        let shelf = shelf(Monitor([]))
        let told = ParallelParts.map(4 * ParallelParts.leastLength) { range in
            range.filter { _ in
                guard case .failure = shelf.content(of: BodyShelfTests.changed, isThorough: true) else {
                    return false
                }
                return true
            }
        }
        XCTAssertEqual(told.joined().count, 1)
    }
}
