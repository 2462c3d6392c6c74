// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MediaProbe

/// The facts about a file, which have to be the same whether it's read at once or arrives in pieces.
func probe(
    _ media: [UInt8], cuts: [Int] = [1, 7, 4_096], file: StaticString = #filePath, line: UInt = #line
) -> MediaFacts {
    let facts = MediaProbe.facts(of: media)
    // Byte by byte takes a while, and says no more of a long file than of a short one.
    for cut in cuts where cut > 1 || media.count < 20_000 {
        XCTAssertEqual(push(media, cut: cut), facts, "cut every \(cut) bytes", file: file, line: line)
    }
    return facts
}

/// The facts about a file that arrives in pieces of so many bytes.
func push(_ media: [UInt8], cut: Int) -> MediaFacts {
    var probe = MediaProbe()
    media.withUnsafeBytes { bytes in
        for start in stride(from: 0, to: bytes.count, by: cut) {
            probe.consume(UnsafeRawBufferPointer(rebasing: bytes[start...].prefix(cut)))
        }
    }
    return probe.finish()
}

/// Checks the facts about sound.
func assertSound(
    _ media: [UInt8], _ mimeType: String, seconds: Double?, _ message: String = "",
    file: StaticString = #filePath,
    line: UInt = #line
) {
    let facts = probe(media, file: file, line: line)
    XCTAssertEqual(facts.mimeType, mimeType, message, file: file, line: line)
    XCTAssertTrue(facts.hasSound, message, file: file, line: line)
    guard let seconds, let found = facts.seconds else {
        return XCTAssertEqual(facts.seconds, seconds, message, file: file, line: line)
    }
    XCTAssertEqual(found, seconds, accuracy: 1e-9, message, file: file, line: line)
}

/// Checks that a walker asks for bytes only forwards, and for 64 KiB at a time at most.
///
/// - Returns: how many bytes it read.
@discardableResult
func assertForwardReading(_ media: [UInt8], file: StaticString = #filePath, line: UInt = #line) -> Int {
    var walker = MediaRecogniser()
    var end = 0
    var read = 0
    while let wanted = walker.wanted {
        guard wanted.lowerBound >= end, wanted.count <= 65_536, !wanted.isEmpty else {
            XCTFail("\(wanted) behind \(end)", file: file, line: line)
            break
        }
        end = wanted.upperBound
        let bytes = media.bytes(at: wanted.lowerBound, count: wanted.count)
        read += bytes.count
        walker.read(bytes)
        if bytes.count < wanted.count { break }
    }
    return read
}
