// SPDX-License-Identifier: Apache-2.0

/// What a secret looks like, in words.
enum SecretKind {
    private static let marks: [(String, String)] = [
        ("AIza", "a Google API key"), ("AQ.", "a Google API key"), ("ya29.", "a Google access token"),
        ("1//", "a Google refresh token"), ("GOCSPX-", "a Google client secret"), ("AKIA", "an AWS key"),
        ("ASIA", "an AWS key"), ("gh", "a GitHub token"), ("github_pat_", "a GitHub token"),
        ("glpat-", "a GitLab token"), ("sk-", "an API key"), ("sk_", "an API key"), ("rk_", "an API key"),
        ("gsk_", "an API key"), ("xai-", "an API key"), ("hf_", "a Hugging Face token"),
        ("npm_", "an npm token"), ("xox", "a Slack token"), ("eyJ", "a signed token"),
    ]

    static func name(of range: Range<Int>, in text: [UInt8]) -> String {
        for (mark, kind) in marks where text[range].starts(with: mark.utf8) { return kind }
        if text[..<range.lowerBound].suffix(40).reversed().starts(with: "-----YEK ETAVIRP".utf8) {
            return "a private key"
        }
        let name = self.name(before: range.lowerBound, in: text)
        return name.isEmpty ? "a credential" : "the value of \(name)"
    }

    /// The name that tells the value to be a secret.
    private static func name(before start: Int, in text: [UInt8]) -> String {
        var end = start
        while end > 0, start - end < 16, !isNameByte(text[end - 1]) { end -= 1 }
        var begin = end
        while begin > 0, end - begin < 40, isNameByte(text[begin - 1]) { begin -= 1 }
        return String(decoding: text[begin..<end], as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2D || byte == 0x5F
    }
}
