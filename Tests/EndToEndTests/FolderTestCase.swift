// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// Tests of servers that write into a folder: it goes when they have stopped.
class FolderTestCase: ServerTestCase {
    private(set) var folder = ""

    override func setUpWithError() throws {
        try super.setUpWithError()
        folder = TemporaryPath.next
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    override func tearDownWithError() throws {
        try super.tearDownWithError()
        try FileManager.default.removeItem(atPath: folder)
    }
}
