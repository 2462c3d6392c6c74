// SPDX-License-Identifier: Apache-2.0

/// The one list of places where a request carries a credential. Whoever logs, keeps or records requests leaves
/// out what is on it; a test sees to it that what is accepted as a credential is on it.
public enum CredentialFields {
    /// Header fields, lower case (CORE 1.2). Others whose names say so (`X-My-Api-Key`) count too, but needn't be known.
    public static let headers = [
        "x-goog-api-key", "authorization", "proxy-authorization", "cookie", "set-cookie",
        "x-goog-iam-authorization-token", "x-goog-iap-jwt-assertion", "x-firebase-appcheck",
    ]
    /// Query parameters (CORE 1.2, 4.1; `upload_id` alone authorises an upload, CORE 2.2).
    public static let queryParameters = ["key", "access_token", "upload_id"]
    /// Header fields that hold a URL, lower case; the URL of an upload is as good as a credential (CORE 2.2).
    static let urlHeaders = ["x-goog-upload-url", "x-goog-upload-control-url", "location", "referer"]

    /// What stands in the place of a credential.
    public static let placeholder = "REDACTED"

    /// What tells which kind of credential follows, and is none itself.
    private static let schemes: [StaticString] = ["bearer ", "basic ", "digest ", "token ", "apikey "]

    /// How much of a value is the scheme and the blank behind it.
    static func schemeLength(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
        for scheme in schemes where scheme.utf8CodeUnitCount < range.count {
            let isSame = (0..<scheme.utf8CodeUnitCount).allSatisfy {
                text[range.lowerBound + $0] | 0x20 == scheme.utf8Start[$0]
            }
            if isSame { return scheme.utf8CodeUnitCount }
        }
        return 0
    }
}
