// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What a client must be able to do to be put a case: the words of `needs` and `lacks`.
package enum ClientFeature {
    /// Those that the cases of the program's own suites need.
    static let names = [
        "generate", "stream", "stream-json", "count_tokens", "functions", "upload", "files", "interactions",
        "background", "api_version", "timeout",
    ]

    /// All that a client can lack: suites of one's own may need more.
    package static func names(of suites: [ConformanceSuite]) -> [String] {
        let needs = suites.flatMap(\.cases).flatMap(\.needs)
        return names + Set(needs).subtracting(names).sorted()
    }

    /// What is wrong with a word that is none of them; nil where it is one. A client that lacks what nobody needs would be
    /// put all cases.
    package static func problem(_ word: String, of suites: [ConformanceSuite]) -> (
        String, suggestion: String?
    )? {
        let names = names(of: suites)
        if names.contains(word) { return nil }
        return (
            "“\(word)” is none of \(names.joined(separator: ", "))",
            Suggestion.nearest(to: word, among: names)
        )
    }
}
