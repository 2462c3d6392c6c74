// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import RecordReplay

final class RecordingWriterTests: XCTestCase {
    private let head = Recording(name: "n", upstream: "https://example.com", made: "2026-11-21T12:00:00Z")

    private func exchanges(_ numbers: ClosedRange<Int>) -> [RecordedExchange] {
        numbers.map { number in
            Samples.exchange(
                request: "{\"number\": \(number)}",
                answer: number % 3 == 0
                    ? [UInt8](repeating: UInt8(number), count: 400) + [0xFF] : Samples.events("x"))
        }
    }

    private func with(_ exchanges: [RecordedExchange]) -> Recording {
        var recording = head
        recording.exchanges = exchanges
        return recording
    }

    /// What a recorder leaves that is killed with as many exchanges: all of its objects go, none of its files.
    private func kill(
        _ folder: RecordingFolder, _ mode: RecordingWriter.Mode, after exchanges: [RecordedExchange]
    ) throws {
        let writer = try RecordingWriter(head, to: folder, mode: mode)
        for exchange in exchanges { try writer.append(exchange) }
    }

    func test_whatIsAdded_isTheRecordingInTheEnd() throws {
        let folder = Samples.folder(self)
        let writer = try RecordingWriter(head, to: folder, mode: .replace)
        XCTAssertNil(writer.recovery)
        for exchange in exchanges(1...7) { try writer.append(exchange) }
        XCTAssertEqual(writer.count, 7)
        XCTAssertFalse(folder.hasRecording)
        try writer.finish()
        XCTAssertEqual(try folder.read(), with(exchanges(1...7)))
        XCTAssertFalse(FileManager.default.fileExists(atPath: folder.partPath))
        XCTAssertThrowsError(try writer.append(exchanges(1...1)[0]))
    }

    func test_itIsWrittenLikeAWholeRecording() throws {
        let (one, other) = (Samples.folder(self), Samples.folder(self))
        let writer = try RecordingWriter(head, to: one, mode: .replace)
        for exchange in exchanges(1...4) { try writer.append(exchange) }
        try writer.finish()
        try other.write(with(exchanges(1...4)))
        XCTAssertEqual(
            try Data(contentsOf: URL(fileURLWithPath: one.mainPath)),
            try Data(contentsOf: URL(fileURLWithPath: other.mainPath)))
    }

    func test_goingOn_keepsWhatWasThere() throws {
        let folder = Samples.folder(self)
        try folder.write(with(exchanges(1...3)))
        let writer = try RecordingWriter(Recording(name: "other"), to: folder, mode: .append)
        try writer.append(exchanges(4...4)[0])
        XCTAssertEqual(try folder.read(), with(exchanges(1...3)))
        try writer.finish()
        XCTAssertEqual(try folder.read(), with(exchanges(1...4)))
    }

    func test_aKilledRecorder_losesTheLineThatItWasWriting() throws {
        let folder = Samples.folder(self)
        try kill(folder, .replace, after: exchanges(1...5))
        let part = try Data(contentsOf: URL(fileURLWithPath: folder.partPath))
        try part.dropLast(10).write(to: URL(fileURLWithPath: folder.partPath))
        let writer = try RecordingWriter(head, to: folder, mode: .append)
        XCTAssertEqual(writer.recovery, .added(4))
        XCTAssertEqual(try folder.read(), with(exchanges(1...4)))
        try writer.append(exchanges(6...6)[0])
        try writer.finish()
        XCTAssertEqual(try folder.read(), with(exchanges(1...4) + exchanges(6...6)))
    }

    func test_whatAKilledRecorderLeft_isntReplacedByTheNext() throws {
        let folder = Samples.folder(self)
        try kill(folder, .replace, after: exchanges(1...3))
        let file = folder.path + "/recording.recovered.json"
        let writer = try RecordingWriter(head, to: folder, mode: .replace)
        XCTAssertEqual(writer.recovery, .besides(3, file: file))
        try writer.append(exchanges(4...4)[0])
        try writer.finish()
        XCTAssertEqual(try folder.read(), with(exchanges(4...4)))
        XCTAssertEqual(try folder.read(file: file), with(exchanges(1...3)))
    }

    func test_whatWasGoneOnWith_isThereAfterAKill() throws {
        let folder = Samples.folder(self)
        try folder.write(with(exchanges(1...3)))
        try kill(folder, .append, after: exchanges(4...6))
        XCTAssertEqual(try folder.read(), with(exchanges(1...3)))
        XCTAssertEqual(try RecordingWriter(head, to: folder, mode: .append).recovery, .added(3))
        XCTAssertEqual(try folder.read(), with(exchanges(1...6)))
    }

    func test_halfANewRecording_doesntReplaceAWholeOne() throws {
        let folder = Samples.folder(self)
        try folder.write(with(exchanges(1...9)))
        try kill(folder, .replace, after: exchanges(3...4))
        let file = folder.path + "/recording.recovered.json"
        let writer = try RecordingWriter(head, to: folder, mode: .append)
        XCTAssertEqual(writer.recovery, .besides(2, file: file))
        XCTAssertEqual(try folder.read(), with(exchanges(1...9)))
        XCTAssertEqual(try folder.read(file: file), with(exchanges(3...4)))
        try writer.finish()
        XCTAssertEqual(try folder.read(file: file), with(exchanges(3...4)))
    }

    func test_aPartThatCantBeRead_isKept() throws {
        let folder = Samples.folder(self)
        try folder.write(with(exchanges(1...1)))
        try Data("what is this\n".utf8).write(to: URL(fileURLWithPath: folder.partPath))
        let file = folder.path + "/recording.part.unreadable"
        XCTAssertEqual(try RecordingWriter(head, to: folder, mode: .append).recovery, .unreadable(file: file))
        XCTAssertTrue(FileManager.default.fileExists(atPath: file))
    }

    func test_aDiskThatGetsFull_losesWhatDidntFit_andNothingElse() throws {
        let folder = Samples.folder(self)
        let writer = try RecordingWriter(head, to: folder, mode: .replace)
        var taken: [RecordedExchange] = []
        try Samples.withFileLimit(8 * 1024) {
            for exchange in exchanges(1...60) {
                do {
                    try writer.append(exchange)
                    taken.append(exchange)
                } catch {
                    XCTAssertTrue("\(error)".hasPrefix("can't write \(folder.partPath): "), "\(error)")
                }
            }
            XCTAssertTrue((1..<60).contains(taken.count), "\(taken.count)")
            XCTAssertThrowsError(try writer.finish())
            XCTAssertFalse(folder.hasRecording)
        }
        // There is room again.
        try writer.finish()
        XCTAssertEqual(try folder.read(), with(taken))
    }

    func test_manyThreads_loseNothing() throws {
        let folder = Samples.folder(self)
        let writer = try RecordingWriter(head, to: folder, mode: .replace)
        // Some have the same bodies beside them.
        let all = exchanges(1...100).map { exchange in
            var exchange = exchange
            if exchange.answer.body.length == 401 {
                exchange.answer.body = RecordedBody([UInt8](repeating: 0xFF, count: 999))
            }
            return exchange
        }
        DispatchQueue.concurrentPerform(iterations: 100) { try? writer.append(all[$0]) }
        try writer.finish()
        let bodies = Set(
            try folder.read().exchanges.map { String(decoding: $0.request.body.bytes ?? [], as: UTF8.self) })
        XCTAssertEqual(bodies.count, 100)
    }
}
