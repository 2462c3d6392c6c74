// SPDX-License-Identifier: Apache-2.0

/// What credentials look like whose issuer marks them, so that they are known wherever they stand.
///
/// The marks and lengths are those that the public scanners for secrets look for (the rules of gitleaks and trufflehog, read
/// in November 2026), where a bit shorter is taken too: what is masked in vain harms less than what is missed.
struct SecretShape {
    /// What it begins with.
    let mark: StaticString
    /// How many letters, digits, `_` and `-` follow at least.
    let length: Int
    /// Whether the mark is so common that only a long piece of letters and digits alone tells a key from words.
    var isWordLike = false

    /// No run of letters, digits, `_` and `-` that is shorter holds a secret (an AWS key has 20).
    static let shortestRun = 20

    /// Those whose mark is made of the same letters as what follows, by where they begin: at the beginning of a word.
    static func atWord(_ first: UInt8) -> [SecretShape] {
        switch first {
        case UInt8(ascii: "A"): amazon
        case UInt8(ascii: "G"): google
        case UInt8(ascii: "g"): git
        case UInt8(ascii: "s"), UInt8(ascii: "r"): vendors
        case UInt8(ascii: "h"), UInt8(ascii: "n"), UInt8(ascii: "x"): others
        default: []
        }
    }

    private static let amazon = [
        SecretShape(mark: "AKIA", length: 16), SecretShape(mark: "ASIA", length: 16),
    ]
    /// Client secrets of OAuth.
    private static let google = [SecretShape(mark: "GOCSPX-", length: 20)]
    private static let git = [
        SecretShape(mark: "ghp_", length: 30), SecretShape(mark: "gho_", length: 30),
        SecretShape(mark: "ghu_", length: 30), SecretShape(mark: "ghs_", length: 30),
        SecretShape(mark: "ghr_", length: 30), SecretShape(mark: "github_pat_", length: 40),
        SecretShape(mark: "glpat-", length: 20), SecretShape(mark: "gsk_", length: 40),
    ]
    /// OpenAI, Anthropic, DeepSeek and others; Stripe.
    private static let vendors = [
        SecretShape(mark: "sk-", length: 20, isWordLike: true), SecretShape(mark: "sk_live_", length: 20),
        SecretShape(mark: "sk_test_", length: 20), SecretShape(mark: "rk_live_", length: 20),
    ]
    /// Hugging Face, npm, Slack, xAI.
    private static let others = [
        SecretShape(mark: "hf_", length: 30), SecretShape(mark: "npm_", length: 36),
        SecretShape(mark: "xoxb-", length: 15), SecretShape(mark: "xoxp-", length: 15),
        SecretShape(mark: "xoxa-", length: 15), SecretShape(mark: "xoxr-", length: 15),
        SecretShape(mark: "xoxs-", length: 15), SecretShape(mark: "xai-", length: 40),
    ]

    /// A key of Google's APIs, anywhere in a run: `AIza` and 35 (CORE 1.2).
    static let apiKey = SecretShape(mark: "AIza", length: 35)
    /// The marks that have other signs in them than what follows, which has 20 letters at least: access tokens, the newer
    /// keys (CORE 1.3), refresh tokens.
    static let beforeRun: [StaticString] = ["ya29.", "ya29.c.", "AQ.", "1//"]

    /// Whether it begins at `at`, in a run that ends before `end`.
    func fits(_ text: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Bool {
        let rest = at + mark.utf8CodeUnitCount
        guard rest + length <= end, SecretShape.stands(mark, text, at) else { return false }
        return !isWordLike || SecretShape.hasOpaquePiece(text, rest..<end)
    }

    static func stands(_ mark: StaticString, _ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        guard at >= 0, at + mark.utf8CodeUnitCount <= text.count else { return false }
        for offset in 0..<mark.utf8CodeUnitCount where text[at + offset] != mark.utf8Start[offset] {
            return false
        }
        return true
    }

    /// Whether there are 16 letters and digits, both of them, with nothing between.
    private static func hasOpaquePiece(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        var (length, digits) = (0, 0)
        for at in range {
            switch text[at] {
            case UInt8(ascii: "-"), UInt8(ascii: "_"): (length, digits) = (0, 0)
            case UInt8(ascii: "0")...UInt8(ascii: "9"): (length, digits) = (length + 1, digits + 1)
            default: length += 1
            }
            if length >= 16, digits > 0 { return true }
        }
        return false
    }
}
