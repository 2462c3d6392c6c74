// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MediaProbe

/// Feeds a walker from bytes that lie in memory, and checks that it keeps to its contract.
///
/// - Parameter mostRegions: more than these is taken for an endless walk.
func makeFacts(
    _ walker: some MediaWalker, _ bytes: [UInt8], mostRegions: Int = 1_000_000,
    file: StaticString = #filePath,
    line: UInt = #line
) -> MediaFacts {
    var walker = walker
    var behind = 0
    for _ in 0..<mostRegions {
        guard let wanted = walker.wanted else { return walker.facts(total: bytes.count) }
        guard wanted.lowerBound >= behind, 1...65_536 ~= wanted.count else {
            XCTFail("\(wanted) behind \(behind)", file: file, line: line)
            break
        }
        behind = wanted.upperBound
        let region = bytes.bytes(at: wanted.lowerBound, count: wanted.count)
        walker.read(region)
        if region.count < wanted.count { return walker.facts(total: bytes.count) }
    }
    XCTFail("no end", file: file, line: line)
    return walker.facts(total: bytes.count)
}

/// Feeds a walker with bytes that arrive in pieces of `cut`, of which only those are kept that it wants.
func makeFacts(_ walker: some MediaWalker, arriving bytes: [UInt8], cut: Int) -> MediaFacts {
    var walker = walker
    var region: [UInt8] = []
    var position = 0
    for start in stride(from: 0, to: bytes.count, by: cut) {
        var piece = bytes[start..<min(start + cut, bytes.count)]
        while let wanted = walker.wanted, !piece.isEmpty {
            let skipped = min(max(0, wanted.lowerBound - position), piece.count)
            piece = piece.dropFirst(skipped)
            let taken = piece.prefix(max(0, wanted.upperBound - position - skipped))
            region += taken
            position += skipped + taken.count
            piece = piece.dropFirst(taken.count)
            guard position == wanted.upperBound else { continue }
            walker.read(region)
            region = []
        }
        position += piece.count
    }
    if walker.wanted != nil { walker.read(region) }
    return walker.facts(total: bytes.count)
}

/// Numbers that are the same in each run (splitmix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Checks that facts are sane whatever they were made from: finite, not negative, and safe to count with.
func assertSane(
    _ facts: MediaFacts, _ message: @autoclosure () -> String, file: StaticString = #filePath,
    line: UInt = #line
) {
    if let seconds = facts.seconds, !(0...Seconds.longest ~= seconds) {
        XCTFail("\(seconds) s: \(message())", file: file, line: line)
    }
    for size in [facts.width, facts.height] where size.map({ !(1...0xFFFF_FFFF ~= $0) }) ?? false {
        XCTFail("\(size ?? 0) pixels: \(message())", file: file, line: line)
    }
    if let pages = facts.pages, pages < 0 { XCTFail("\(pages) pages: \(message())", file: file, line: line) }
}
