// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is read of a pipe, whose length nobody knows before its end, and written to a file.
final class OpenFileTests: XCTestCase {
    private func read(_ bytes: [UInt8], atMost limit: Int = .max - 1, expecting size: Int = 10) throws
        -> [UInt8]
    {
        var ends: [Int32] = [-1, -1]
        XCTAssertEqual(pipe(&ends), 0)
        defer { close(ends[0]) }
        XCTAssertEqual(write(ends[1], bytes, bytes.count), bytes.count)
        close(ends[1])
        return try XCTUnwrap(OpenFile.bytes(of: ends[0], atMost: limit, expecting: size))
    }

    func test_allIsRead_whateverIsExpected() throws {
        for count in [0, 1, 9, 10, 11, 3000] {
            let bytes = (0..<count).map { UInt8($0 & 255) }
            for size in [0, 1, 10, 11, 4000] {
                XCTAssertEqual(try read(bytes, expecting: size), bytes, "\(count) bytes, \(size) expected")
            }
        }
    }

    func test_oneMoreThanTheLimit_tellsThatThereIsMore() throws {
        let bytes = Array("0123456789".utf8)
        XCTAssertEqual(try read(bytes, atMost: 10), bytes)
        XCTAssertEqual(try read(bytes, atMost: 9), bytes)
        XCTAssertEqual(try read(bytes, atMost: 4), Array(bytes.prefix(5)))
        XCTAssertEqual(try read(bytes, atMost: 4, expecting: 0), Array(bytes.prefix(5)))
        XCTAssertEqual(try read(bytes, atMost: 0), Array(bytes.prefix(1)))
    }

    func test_allIsWritten_inItsOrder() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        unlink(path)
        let bytes = (0..<200_000).map { UInt8($0 & 255) }
        XCTAssertTrue(OpenFile.write(Array(bytes.prefix(3)), to: descriptor))
        XCTAssertTrue(OpenFile.write([], to: descriptor))
        XCTAssertTrue(OpenFile.write(Array(bytes.dropFirst(3)), to: descriptor))
        lseek(descriptor, 0, SEEK_SET)
        XCTAssertEqual(OpenFile.bytes(of: descriptor), bytes)
    }

    func test_whatCantBeWritten_isFalse_andTheSystemTellsWhy() {
        XCTAssertFalse(OpenFile.write([1], to: -1))
        XCTAssertEqual(errno, EBADF)
    }

    func test_whatCantBeRead_isNil_andTheSystemTellsWhy() {
        XCTAssertNil(OpenFile.bytes(of: -1))
        XCTAssertEqual(errno, EBADF)
    }
}
