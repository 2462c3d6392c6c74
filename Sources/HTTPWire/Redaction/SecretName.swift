// SPDX-License-Identifier: Apache-2.0

/// Which names say that their value is a secret, whatever joins their words: `apiKey`, `api_key`, `X-Goog-Api-Key`.
///
/// Names of JSON members, header fields and query parameters alike. Not on the list are plain `key` and `token`: they are
/// ordinary arguments of functions (parameters of a URL they are secrets), and `page_token` and `continuation_token` (INTERACTIONS 2.2) have to be seen. What
/// stands under them is found where it looks like a secret or is known to be one.
enum SecretName {
    /// Whether the name that ends before `end` is one. Only its last words count, so that where it begins doesn't matter.
    ///
    /// - Parameter isParameter: whether a `=` follows. Then it may be a parameter of a URL, of which more names tell a secret.
    static func isSecret(_ text: UnsafeBufferPointer<UInt8>, endingAt end: Int, isParameter: Bool) -> Bool {
        guard end >= 3 else { return false }
        func ends(_ word: StaticString) -> Bool { stands(word, in: text, before: end) }
        // Three letters tell nearly all names that are none.
        switch (text[end - 3] | 0x20, text[end - 2] | 0x20, text[end - 1] | 0x20) {
        case (UInt8(ascii: "k"), UInt8(ascii: "e"), UInt8(ascii: "n")):
            return isToken(text, endingAt: end) || isVariableOrHeader(text, endingAt: end)
                || isParameter && isParameterOfURL("token", text, endingAt: end)
        case (UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "n")): return ends("authorization")
        case (UInt8(ascii: "k"), UInt8(ascii: "e"), UInt8(ascii: "y")):
            return isKey(text, endingAt: end) || isParameter && isParameterOfURL("key", text, endingAt: end)
        case (UInt8(ascii: "r"), UInt8(ascii: "e"), UInt8(ascii: "t")): return ends("secret")
        case (UInt8(ascii: "k"), UInt8(ascii: "i"), UInt8(ascii: "e")): return ends("cookie")
        case (UInt8(ascii: "a"), UInt8(ascii: "s"), UInt8(ascii: "e")): return ends("passphrase")
        case (UInt8(ascii: "o"), UInt8(ascii: "r"), UInt8(ascii: "d")): return ends("password")
        case (UInt8(ascii: "s"), UInt8(ascii: "w"), UInt8(ascii: "d")): return ends("passwd")
        case (_, UInt8(ascii: "i"), UInt8(ascii: "d")): return ends("uploadid")
        case (UInt8(ascii: "u"), UInt8(ascii: "r"), UInt8(ascii: "e")):
            // Of URLs that are good for whoever has them.
            return isParameter && (ends("googsignature") || ends("amzsignature"))
        default: return false
        }
    }

    /// Whether a whole name is one.
    static func isSecret(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        isSecret(name, endingAt: name.count, isParameter: false)
    }

    private static func isToken(_ text: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Bool {
        func ends(_ word: StaticString) -> Bool { stands(word, in: text, before: end) }
        return ends("accesstoken") || ends("refreshtoken") || ends("idtoken") || ends("authtoken")
            || ends("apitoken") || ends("bearertoken") || ends("oauthtoken") || ends("sessiontoken")
            || ends("securitytoken")
    }

    private static func isKey(_ text: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Bool {
        func ends(_ word: StaticString) -> Bool { stands(word, in: text, before: end) }
        return ends("apikey") || ends("privatekey") || ends("secretkey") || ends("accesskey")
            || ends("subscriptionkey")
    }

    /// Whether the text before `end` is `word`, between whose letters there may be a `-` or `_` each.
    private static func stands(
        _ word: StaticString, in text: UnsafeBufferPointer<UInt8>, before end: Int
    ) -> Bool {
        var (at, left) = (end, word.utf8CodeUnitCount)
        while left > 0 {
            at -= 1
            guard at >= 0 else { return false }
            var byte = text[at]
            if isJoint(byte), at > 0, left < word.utf8CodeUnitCount {
                at -= 1
                byte = text[at]
            }
            left -= 1
            guard byte | 0x20 == word.utf8Start[left] else { return false }
        }
        return true
    }

    private static func isJoint(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// `?key=`: in a URL it is the API key (CORE 1.2), and a `token` that of a server of tools. Spelled as it is here.
    private static func isParameterOfURL(
        _ name: StaticString, _ text: UnsafeBufferPointer<UInt8>, endingAt end: Int
    ) -> Bool {
        let start = end - name.utf8CodeUnitCount
        guard start > 0 else { return false }
        for offset in 0..<name.utf8CodeUnitCount where text[start + offset] != name.utf8Start[offset] {
            return false
        }
        switch text[start - 1] {
        // `#` where a fragment was sent by mistake; `;` ends `&amp;`.
        case UInt8(ascii: "?"), UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: ";"): return true
        default: return false
        }
    }

    /// `GITHUB_TOKEN`, as environments are given to agents, and `X-Auth-Token`, as header fields are given to servers of
    /// tools (INTERACTIONS 2.3).
    private static func isVariableOrHeader(_ text: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Bool {
        guard end >= 6 else { return false }
        let isUpper = text[end - 6] == UInt8(ascii: "_") && text[end - 1] == UInt8(ascii: "N")
        return (isUpper || text[end - 6] == UInt8(ascii: "-")) && stands("token", in: text, before: end)
    }
}
