// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

final class Base64StreamTests: XCTestCase {
    private func decode(_ text: String, cutting size: Int) -> (bytes: [UInt8], mayEnd: Bool) {
        var stream = Base64Stream()
        var bytes: [UInt8] = []
        let all = Array(text.utf8)
        for start in stride(from: 0, to: all.count, by: size) {
            Array(all[start..<min(start + size, all.count)]).withUnsafeBytes {
                stream.consume($0) { bytes += Array($0) }
            }
        }
        return (bytes, stream.mayEnd)
    }

    func test_consume_givesTheBytes_whereverItIsCut() {
        for length in [0, 1, 2, 3, 4, 57, 100] {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 83 &+ 250) }
            let text = Data(bytes).base64EncodedString(options: [
                .lineLength64Characters, .endLineWithCarriageReturn,
            ])
            let bare = text.filter { $0 != "=" }.replacing("+", with: "-").replacing("/", with: "_")
            for size in [1, 2, 3, 5, 1000] {
                XCTAssertEqual(decode(text, cutting: size).bytes, bytes)
                XCTAssertEqual(decode(bare + "\r\n", cutting: size).bytes, bytes)
                XCTAssertTrue(decode(text, cutting: size).mayEnd)
            }
        }
    }

    func test_consume_givesLargeTexts_inPieces() {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let decoded = decode(Data(bytes).base64EncodedString(), cutting: 1_000_000)
        XCTAssertTrue(decoded.bytes == bytes)
    }

    func test_mayEnd_isFalse_whereTheTextIsNoBase64() {
        for text in ["A", "AAAAA", "=", "A=", "AAAA=", "AA=A", "AA==AA", "A*AA", "AAAA\u{0}"] {
            XCTAssertFalse(decode(text, cutting: 2).mayEnd, text)
        }
    }
}
