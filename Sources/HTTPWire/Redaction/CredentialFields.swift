// SPDX-License-Identifier: Apache-2.0

/// The one list of places where a request carries a credential. Whoever logs, keeps or records requests leaves
/// out what is on it; a test sees to it that what is accepted as a credential is on it.
public enum CredentialFields {
    /// Header fields, lower case (CORE 1.2). Others whose names say so (`X-My-Api-Key`) count too, but needn't be known.
    public static let headers = [
        "x-goog-api-key", "authorization", "proxy-authorization", "cookie", "set-cookie",
        "x-goog-iam-authorization-token", "x-goog-iap-jwt-assertion", "x-firebase-appcheck",
        // Ours: it opens the admin API.
        "x-gemini-mock-admin-key",
    ]
    /// Query parameters (CORE 1.2, 4.1; `upload_id` alone authorises an upload, CORE 2.2). A `token` is none of the API's, but
    /// one of the servers of tools that requests name (INTERACTIONS 2.3).
    public static let queryParameters = ["key", "access_token", "upload_id", "token"]

    /// What a header field holds, as far as its name tells.
    enum FieldKind {
        case credential
        /// That of an upload is as good as a credential (CORE 2.2).
        case url
        case other
    }

    /// All of `headers` are credentials, and what is named like one is.
    static func kind(ofField name: UnsafeBufferPointer<UInt8>) -> FieldKind {
        switch name.count {
        case 7 where stands("referer", in: name, at: 0), 8 where stands("location", in: name, at: 0),
            17 where stands("x-goog-upload-url", in: name, at: 0),
            25 where stands("x-goog-upload-control-url", in: name, at: 0):
            .url
        case 19 where stands("x-firebase-appcheck", in: name, at: 0),
            23 where stands("x-gemini-mock-admin-key", in: name, at: 0),
            24 where stands("x-goog-iap-jwt-assertion", in: name, at: 0):
            .credential
        default: SecretName.isSecret(name) ? .credential : .other
        }
    }

    /// Whether the value under that name is a credential, of a header field or a member of JSON. Of query parameters
    /// `queryParameters` are more; a member called `key` is an ordinary one.
    public static func isCredential(named name: String) -> Bool {
        var name = name
        return name.withUTF8 { isCredential(named: $0) }
    }

    /// The same of a name in bytes.
    package static func isCredential(named name: UnsafeBufferPointer<UInt8>) -> Bool {
        kind(ofField: name) == .credential
    }

    /// Whether the value of a query parameter of that name, still encoded, is a credential.
    static func isCredential(parameter name: UnsafeBufferPointer<UInt8>) -> Bool {
        func isName(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
            // Spelled as they are here: a `KEY` is none.
            name.elementsEqual("key".utf8) || name.elementsEqual("token".utf8)
                || SecretName.isSecret(name, endingAt: name.count, isParameter: true)
        }
        guard name.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return isName(name)
        }
        var decoded = PercentEncoding.decode(name[...], plusIsBlank: true)
        return decoded.withUTF8(isName)
    }

    /// What stands in the place of a credential.
    public static let placeholder = "REDACTED"

    /// What tells which kind of credential follows, and is none itself.
    private static let schemes: [StaticString] = ["bearer ", "basic ", "digest ", "token ", "apikey "]

    /// How much of a value is the scheme and the blank behind it.
    static func schemeLength(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
        for scheme in schemes
        where scheme.utf8CodeUnitCount < range.count && stands(scheme, in: text, at: range.lowerBound) {
            return scheme.utf8CodeUnitCount
        }
        return 0
    }

    /// Whether a word, in lower case here, stands at `at`, where there are as many bytes.
    private static func stands(_ word: StaticString, in text: UnsafeBufferPointer<UInt8>, at start: Int)
        -> Bool
    {
        for offset in 0..<word.utf8CodeUnitCount where text[start + offset] | 0x20 != word.utf8Start[offset] {
            return false
        }
        return true
    }
}
