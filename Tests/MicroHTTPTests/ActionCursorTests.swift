// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import MicroHTTP

final class ActionCursorTests: XCTestCase {
    private let clock = WireClock()

    /// What comes until the end, in words, when each send is taken `most` bytes at a time.
    private func play(_ actions: [WireAction], most: Int = 100) -> [String] {
        let cursor = ActionCursor(actions, clock)
        var played: [String] = []
        while let step = cursor.step(), played.count < 100 {
            switch step {
            case .send(let bytes, let start):
                let part = bytes[start...].prefix(most)
                played.append(String(decoding: part, as: UTF8.self))
                cursor.move(by: part.count)
            case .wait:
                played.append("wait")
                clock.advance(by: .seconds(60))
            case .nap(let end, _):
                if played.last != "nap" { played.append("nap") }
                XCTAssertGreaterThan(end, 0)
                sched_yield()
            case .truncate: return played + ["truncate"]
            case .reset: return played + ["reset"]
            }
        }
        return played
    }

    func test_sends_areTakenInParts_andEmptyOnesPassedOver() {
        XCTAssertEqual(
            play([.send([]), .send(bytes("abcde")), .send(bytes("f")), .send([])], most: 2),
            ["ab", "cd", "e", "f"])
        XCTAssertEqual(play([]), [])
    }

    func test_waits_comeUntilTheyAreOver() {
        XCTAssertEqual(
            play([.wait(.seconds(60)), .send(bytes("a")), .wait(.zero), .wait(.seconds(60))]),
            ["wait", "a", "wait"])
    }

    /// Who has seen the bytes before a wait may move the clock on at once.
    func test_firstWait_isCountedFromTheBeginning() {
        let cursor = ActionCursor([.send(bytes("a")), .wait(.seconds(60)), .send(bytes("b"))], clock)
        _ = cursor.step()
        clock.advance(by: .seconds(60))
        cursor.move(by: 1)
        guard case .send = cursor.step() else { return XCTFail("waits") }
    }

    func test_naps_areOverByRealTime_evenWhileTheClockStandsStill() {
        clock.freeze()
        let start = MonotonicClock.nanoseconds
        XCTAssertEqual(
            play([.send(bytes("a")), .nap(.milliseconds(3)), .nap(.zero), .send(bytes("b"))]),
            ["a", "nap", "b"])
        XCTAssertGreaterThanOrEqual(MonotonicClock.nanoseconds - start, 3_000_000)
    }

    /// What has gone by in a nap is no part of the wait behind it.
    func test_waitBehindANap_isCountedFromItsEnd() {
        let cursor = ActionCursor([.nap(.milliseconds(1)), .wait(.seconds(60))], clock)
        _ = cursor.step()
        clock.advance(by: .seconds(3600))
        let asleep = clock.nanoseconds
        while case .nap = cursor.step() { sched_yield() }
        guard case .wait(let end) = cursor.step() else { return XCTFail("doesn't wait") }
        XCTAssertGreaterThan(end, asleep + 60_000_000_000)
    }

    /// Else a stream couldn't be called off while nobody moves the clock.
    func test_liveWait_isDecidedAnew_whileTheClockStandsStill() {
        let isOff = Monitor(false)
        let live = LiveActions { position in
            defer { position += 1 }
            switch position {
            case 0: return isOff.withLock(\.self) ? .send(bytes("off")) : .wait(.seconds(60))
            case 1: return .send(bytes("on"))
            default: return nil
            }
        }
        for isFrozen in [true, false] {
            isOff.withLock { $0 = false }
            let cursor = ActionCursor([.live(live), .send(bytes("end"))], clock)
            if isFrozen { clock.freeze() }
            for _ in 0..<3 {
                guard case .wait = cursor.step() else { return XCTFail("doesn't wait") }
            }
            isOff.withLock { $0 = true }
            switch cursor.step() {
            case .send(let sent, _):
                XCTAssertTrue(isFrozen)
                XCTAssertEqual(sent, bytes("off"))
                cursor.move(by: sent.count)
            case .wait: XCTAssertFalse(isFrozen, "while the clock runs the wait is soon over")
            default: XCTFail("ends")
            }
            clock.resume()
            clock.advance(by: .seconds(60))
            guard case .send(let sent, _) = cursor.step() else { return XCTFail("doesn't go on") }
            XCTAssertEqual(sent, bytes("on"))
        }
    }

    func test_pendingPlan_isNoAction() {
        let pending = PendingPlan(within: .zero) {
            nil
        } otherwise: {
            make()
        }
        XCTAssertEqual(play([.pending(pending), .send(bytes("a"))]), ["a"])
    }

    func test_breaks_comeWhereTheyStand() {
        XCTAssertEqual(play([.send(bytes("a")), .truncate, .send(bytes("b"))]), ["a", "truncate"])
        XCTAssertEqual(play([.reset]), ["reset"])
    }

    func test_liveActions_areAskedUntilTheyEnd_eachFromItsBeginning() {
        let live = LiveActions { position in
            defer { position += 1 }
            return position < 2 ? .send([UInt8(ascii: "0") + UInt8(position)]) : nil
        }
        XCTAssertEqual(
            play([.live(live), .send(bytes("-")), .live(live)]), ["0", "1", "-", "0", "1"])
        XCTAssertEqual(play([.live(LiveActions { _ in nil })]), [])
    }
}
