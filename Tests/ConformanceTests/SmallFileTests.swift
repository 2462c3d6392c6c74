// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

@testable import Conformance

/// Whatever stands at a path, it is read or refused at once.
final class SmallFileTests: XCTestCase {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    override func setUpWithError() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDownWithError() throws { try FileManager.default.removeItem(at: folder) }

    private func failure(_ path: String, most: Int = 10) -> SmallFile.Failure? {
        do throws(SmallFile.Failure) {
            _ = try SmallFile.bytes(path, most: most)
            return nil
        } catch {
            return error
        }
    }

    func test_files() throws {
        let path = folder.appendingPathComponent("file").path
        try Data("0123456789".utf8).write(to: URL(fileURLWithPath: path))
        XCTAssertEqual(try SmallFile.bytes(path, most: 10), Array("0123456789".utf8))
        XCTAssertEqual(failure(path, most: 9), .isUnreadable("it has more than 9 bytes"))
        XCTAssertEqual(failure("\(path)/x"), .isUnreadable("Not a directory"))
        XCTAssertEqual(failure("\(path)x"), .isMissing)
        XCTAssertEqual(failure("\(path)x")?.description, "No such file or directory")
    }

    func test_whatIsNoFileIsRefused() {
        let pipe = folder.appendingPathComponent("pipe").path
        XCTAssertEqual(mkfifo(pipe, 0o600), 0)
        for path in [pipe, folder.path, "/dev/null"] {
            XCTAssertEqual(failure(path), .isUnreadable("it is no regular file"), path)
        }
    }
}
