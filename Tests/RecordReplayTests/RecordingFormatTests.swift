// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import RecordReplay
import XCTest

/// What is written reads back equal.
final class RecordingFormatTests: XCTestCase {
    private func assertLossless(
        _ exchanges: [RecordedExchange], file: StaticString = #filePath, line: UInt = #line
    ) throws {
        let folder = Samples.folder(self)
        let recording = Recording(
            name: "sample", upstream: "https://example.com", made: "2026-11-21T12:00:00Z",
            exchanges: exchanges)
        try folder.write(recording)
        let read = try folder.read()
        for (index, (one, other)) in zip(exchanges, read.exchanges).enumerated() where one != other {
            return XCTFail("exchange \(index): \(one)\n\(other)", file: file, line: line)
        }
        XCTAssertEqual(read, recording, file: file, line: line)
    }

    func test_anyExchange_readsBackEqual() throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            var dice = Dice(seed)
            try assertLossless((0..<25).map { _ in dice.exchange() })
        }
    }
}
