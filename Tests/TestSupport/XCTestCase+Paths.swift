// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

extension XCTestCase {
    /// A path that doesn't exist yet; what is made there is removed when the test ends.
    ///
    /// - Parameter suffix: where the path's end means something.
    public func makePath(_ suffix: String = "") -> String {
        let path = TemporaryPath.next + suffix
        addTeardownBlock { try? FileManager.default.removeItem(atPath: path) }
        return path
    }

    /// An empty folder, which is removed with what is in it when the test ends.
    public func makeFolder() throws -> String {
        let path = makePath()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        return path
    }

    /// A file of that content, which is removed when the test ends.
    public func makeFile(_ content: some Sequence<UInt8>, _ suffix: String = "") throws -> String {
        let path = makePath(suffix)
        try Data(content).write(to: URL(fileURLWithPath: path))
        return path
    }
}

/// Names that nobody else has in the folder for temporary files.
public enum TemporaryPath {
    public static var next: String { NSTemporaryDirectory() + "/gemini-mock-\(UUID().uuidString)" }
}
