// SPDX-License-Identifier: Apache-2.0

import CZlib
import HTTPWire
import XCTest

@testable import GeminiMock

final class GzipCodingTests: XCTestCase {
    private func make(_ sends: [String]) -> ResponsePlan {
        ResponsePlan(
            head: ResponseHead(status: 200, fields: []), framing: .chunked,
            actions: sends.flatMap { [.send(Array($0.utf8)), .wait(.milliseconds(1))] }
        )
    }

    /// What a reader has after each write.
    private func inflated(_ plan: ResponsePlan) -> [String] {
        var stream = z_stream()
        XCTAssertEqual(
            inflateInit2_(&stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)), Z_OK
        )
        defer { inflateEnd(&stream) }
        return plan.actions.compactMap { action in
            guard case .send(var bytes) = action else { return nil }
            var space = [UInt8](repeating: 0, count: 1 << 20)
            let count = bytes.withUnsafeMutableBufferPointer { input in
                space.withUnsafeMutableBufferPointer { output in
                    stream.next_in = input.baseAddress
                    stream.avail_in = UInt32(input.count)
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(output.count)
                    inflate(&stream, Z_SYNC_FLUSH)
                    return output.count - Int(stream.avail_out)
                }
            }
            return String(decoding: space.prefix(count), as: UTF8.self)
        }
    }

    func test_encode_keepsEachWriteReadableByItself() {
        let plan = GzipCoding.encode(make(["first", "second", "third"]))
        XCTAssertEqual(inflated(plan), ["first", "second", "third"])
        XCTAssertEqual(plan.actions.count, 6)
        XCTAssertEqual(plan.head.fields, [HTTPFields.Field("Content-Encoding", "gzip")])
    }

    func test_encode_worksOnLargeBodies() {
        let text = (0..<60_000).map { "\($0)" }.joined(separator: ",")
        XCTAssertEqual(inflated(GzipCoding.encode(make([text]))), [text])
    }

    func test_encode_leavesEmptyBodiesAlone() {
        let plan = make([])
        XCTAssertEqual(GzipCoding.encode(plan), plan)
    }

    func test_encode_leavesAlone_whatIsNotDecidedYet() {
        var plan = make(["first"])
        plan.actions.append(.live(LiveActions { _ in nil }))
        XCTAssertEqual(GzipCoding.encode(plan), plan)
    }
}
