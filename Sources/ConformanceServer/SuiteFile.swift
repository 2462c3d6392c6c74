// SPDX-License-Identifier: Apache-2.0

import Conformance

/// A suite that somebody has written for a client of their own.
public enum SuiteFile {
    /// A file that can't be read.
    public struct Unreadable: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Throws: `Unreadable`; what is wrong with the text, where it can be read.
    public static func read(_ path: String) throws -> ConformanceSuite {
        try EmbeddedSuites.suite(bytes(path), file: path)
    }

    /// Up to 16 MiB.
    package static func bytes(_ path: String) throws(Unreadable) -> [UInt8] {
        do {
            return try SmallFile.bytes(path, most: 16 << 20)
        } catch {
            throw Unreadable(description: "can't read \(path): \(error)")
        }
    }
}
