// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import Conformance

final class CrewTests: XCTestCase {
    func testResultsKeepTheOrder() {
        XCTAssertEqual(Crew.map(Array(0..<1000), jobs: 8) { $0 * 2 }, (0..<1000).map { $0 * 2 })
        XCTAssertEqual(Crew.map([1, 2], jobs: 64) { $0 }, [1, 2])
        XCTAssertEqual(Crew.map([Int](), jobs: 4) { $0 }, [])
    }

    /// None of three could go on, were there less than three at a time; a fourth would be counted.
    func testSoManyWorkAtATime() {
        let state = Monitor((now: 0, most: 0))
        let met = Crew.map(Array(0..<9), jobs: 3) { _ in
            state.signal { state in
                state.now += 1
                state.most = max(state.most, state.now)
            }
            let isMet = state.wait(until: .now + .seconds(60)) { $0.most >= 3 ? true : nil } ?? false
            state.signal { $0.now -= 1 }
            return isMet
        }
        XCTAssertEqual(met, Array(repeating: true, count: 9))
        XCTAssertEqual(state.withLock(\.most), 3)
    }
}
