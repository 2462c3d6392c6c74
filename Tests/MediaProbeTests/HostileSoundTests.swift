// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MediaProbe

/// Sound that is cut, broken or made to do harm: nothing traps, hangs, or goes on for long.
final class HostileSoundTests: XCTestCase {
    private let samples: [[UInt8]] = [
        makeWAV(makeSizes64(data: 200), makeFormat(), makeData(bytes: 200), tag: "RF64"),
        makeAIFF(makeBigChunk("NAME", [1]), makeCommon(frames: 100), makeSound(bytes: 200)),
        makeAIFF(makeSound(bytes: 68), makeCommon(frames: 2, compression: "ima4"), form: "AIFC"),
        makeFLAC(bytes: 40), makeID3(content: 9) + makeMP3Frame(content: "Info", at: 13) + makeMP3(frames: 2),
        makeMP3(frames: 3) + makeID3v1(),
        makeMP3(frames: 2) + makeAPE(content: 9) + makeID3(content: 5, hasFooter: true) + makeMP3(frames: 2),
        makeADTS(frames: 4), makeOgg(packets: 3),
        makeOgg(head: makeVorbisHead()) + makeOgg(packets: 2, serial: 2),
        makeOggPage(serial: 1, head: makeTheoraHead()) + makeOgg(packets: 2, serial: 2),
    ]

    private func assertSane(_ media: [UInt8], _ message: @autoclosure () -> String, cut: Int = 61) {
        let facts = MediaProbe.facts(of: media)
        let seconds = facts.seconds ?? 0
        if seconds < 0 || !seconds.isFinite || facts != push(media, cut: cut) {
            XCTFail("\(message()): \(facts), pushed \(push(media, cut: cut))")
        }
    }

    func test_sound_isSane_whenCutAtAnyByte() {
        for (index, sample) in samples.enumerated() {
            for length in 0...sample.count {
                assertSane(Array(sample.prefix(length)), "sample \(index), \(length) bytes")
            }
        }
    }

    func test_sound_isSane_whenAnyByteIsBroken() {
        for (index, sample) in samples.enumerated() {
            for at in sample.indices {
                var broken = sample
                broken[at] ^= 0xFF
                assertSane(broken, "sample \(index), byte \(at)")
            }
        }
    }

    func test_sound_isSane_whenRandomBytesAreBroken() {
        var generator = SeededGenerator(seed: 2_026)
        for round in 0..<2_000 {
            var broken = samples.randomElement(using: &generator) ?? []
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let at = Int.random(in: 0..<broken.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: broken[at] = UInt8.random(in: 0...255, using: &generator)
                case 1: broken[at] = [0, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
                case 2: broken.removeSubrange(at..<min(broken.count, at + 9))
                default: broken.insert(contentsOf: broken.prefix(at).suffix(40), at: at)
                }
                if broken.isEmpty { break }
            }
            assertSane(broken, "round \(round)", cut: Int.random(in: 1...300, using: &generator))
        }
    }

    func test_sound_isReadForwards_inSmallRegions() {
        for sample in samples {
            XCTAssertLessThanOrEqual(assertForwardReading(sample), sample.count)
            assertForwardReading(Array(repeatElement(sample, count: 100).joined()))
        }
    }

    /// Patterns that would be read again and again by a careless walker.
    func test_sound_isReadOnce_whenMadeToBeSlow() {
        let size = 110_000
        let header: [UInt8] = [0xFF, 0xF3, 0x84, 0xC0]
        let pair = makeMP3(frames: 2) + [UInt8](repeating: 0xFF, count: 3_000)
        for (name, pattern) in [
            ("ones", [0xFF]), ("headers", header), ("empty tags", makeID3(content: 0)), ("pairs", pair),
            ("short pages", makeOggPage()), ("long frames", makeADTSFrame(content: 0, length: 8_191)),
            ("pages that begin", makeOggPage(head: makeOpusHead())), ("APE", makeAPE(content: 0)),
            ("old tags", Array("TAG".utf8)),
        ] {
            let many = Array(repeatElement(pattern, count: size / pattern.count).joined())
            for media in [many, makeID3() + many, makeMP3(frames: 3) + many, makeADTS(frames: 3) + many] {
                let start = ContinuousClock.now
                XCTAssertLessThanOrEqual(assertForwardReading(media), media.count)
                assertSane(media, name, cut: 4_096)
                XCTAssertLessThan(ContinuousClock.now - start, .seconds(2), name)
            }
        }
    }
}
