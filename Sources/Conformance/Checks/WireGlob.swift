// SPDX-License-Identifier: Apache-2.0

/// A text with `*` for any characters and `?` for one.
struct WireGlob: Sendable, Equatable {
    let text: String

    init(_ text: String) { self.text = text }

    /// Steps back to the last `*` only, so that it takes no more than the product of both lengths.
    func matches(_ candidate: String) -> Bool {
        let (pattern, text) = (Array(text.unicodeScalars), Array(candidate.unicodeScalars))
        var (at, seen) = (0, 0)
        var star: (at: Int, seen: Int)?
        while seen < text.count {
            if at < pattern.count, pattern[at] == "*" {
                star = (at, seen)
                at += 1
            } else if at < pattern.count, pattern[at] == "?" || pattern[at] == text[seen] {
                (at, seen) = (at + 1, seen + 1)
            } else if let last = star {
                star = (last.at, last.seen + 1)
                (at, seen) = (last.at + 1, last.seen + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == "*" }
    }
}
