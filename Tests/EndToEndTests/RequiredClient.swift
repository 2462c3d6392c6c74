// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// What a test needs of the machine it runs on.
enum RequiredClient {
    /// Skips the test; where `REQUIRE_CLIENTS=1` stands in the environment, as in CI, fails it, so that
    /// nothing is green for want of a client.
    static func isMissing(_ sentence: String, file: StaticString = #filePath, line: UInt = #line) -> any Error
    {
        if ProcessInfo.processInfo.environment["REQUIRE_CLIENTS"] == "1" {
            XCTFail(sentence, file: file, line: line)
        }
        Skips.note(sentence)
        return XCTSkip(sentence, file: file, line: line)
    }

    /// Skips a test of something that this machine doesn't let anybody do, also where all clients are required.
    static func isUnavailable(_ sentence: String, file: StaticString = #filePath, line: UInt = #line)
        -> any Error
    {
        Skips.note(sentence)
        return XCTSkip(sentence, file: file, line: line)
    }

    /// Skips a test that lets a program write short files alone: with the thread sanitizer it writes a longer one itself to
    /// begin with.
    static func shortFiles(_ test: String = #function) throws {
        guard Sanitizer.thread.looksOn else { return }
        throw isUnavailable("\(test): the thread sanitizer can't start where files are short")
    }
}
