// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Tells the runner of the suite what was skipped, and why: the parallel runner of `swift test` doesn't.
public enum Skips {
    /// Adds a line to the file that `GEMINI_MOCK_SKIPS` names, if it does.
    public static func note(_ sentence: String) {
        guard let path = ProcessInfo.processInfo.environment["GEMINI_MOCK_SKIPS"] else { return }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard descriptor >= 0 else { return }
        // One write of one line: processes that do so at once don't mix their lines.
        _ = Array((sentence + "\n").utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
    }
}
