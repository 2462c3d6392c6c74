// SPDX-License-Identifier: Apache-2.0

/// The one list of places where a request carries a credential. Whoever logs, keeps or records requests leaves
/// out what is on it; a test sees to it that what is accepted as a credential is on it.
public enum CredentialFields {
    /// Header fields, lower case (CORE 1.2).
    public static let headers = ["x-goog-api-key", "authorization", "proxy-authorization", "cookie"]
    /// Query parameters (CORE 1.2, 4.1; `upload_id` alone authorises an upload, CORE 2.2).
    public static let queryParameters = ["key", "access_token", "upload_id"]

    /// What stands in the place of a credential.
    public static let placeholder = "REDACTED"

    /// A request target with the values of its credentials replaced.
    ///
    /// By bytes, like `RequestTarget`: a combining mark behind a `?`, `&` or `=` would hide that character.
    public static func redact(_ target: RequestTarget) -> String {
        guard let mark = target.raw.utf8.firstIndex(of: UInt8(ascii: "?")) else { return target.raw }
        let query = target.raw.utf8[target.raw.utf8.index(after: mark)...]
        let items = query.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).map { item in
            let name = Substring(item.prefix { $0 != UInt8(ascii: "=") })
            let isSecret = queryParameters.contains(PercentEncoding.decode(name, plusIsBlank: true))
            return isSecret ? "\(name)=\(placeholder)" : String(Substring(item))
        }
        return "\(target.raw[..<mark])?\(items.joined(separator: "&"))"
    }
}
