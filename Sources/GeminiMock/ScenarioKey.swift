// SPDX-License-Identifier: Apache-2.0

/// An API key that names a scenario: `scenario:NAME` or `scenario:NAME:ANYTHING`. A name with a colon can't be told that
/// way, only by header.
enum ScenarioKey {
    /// NAME; nil for any other key.
    static func scenario(of key: String) -> String? {
        let start = "scenario:".utf8
        guard key.utf8.starts(with: start) else { return nil }
        return String(Substring(key.utf8.dropFirst(start.count).prefix { $0 != UInt8(ascii: ":") }))
    }
}
