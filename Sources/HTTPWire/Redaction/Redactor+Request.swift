// SPDX-License-Identifier: Apache-2.0

extension Redactor {
    /// The credentials that a request carries: the values of its credential fields, without their scheme, and of its
    /// credential parameters, as they were sent and decoded.
    ///
    /// All of them, however short; what of them is looked for `init` decides.
    public static func secrets(of head: RequestHead) -> [String] {
        var secrets: [String] = []
        forEachSecret(of: head) { value, plusIsBlank in
            secrets.append(String(decoding: value, as: UTF8.self))
            if let decoded = PercentEncoding.decodedIfEncoded(value, plusIsBlank: plusIsBlank) {
                secrets.append(decoded)
            }
        }
        return secrets
    }

    /// Gives each of them as it was sent, and whether a `+` in it may be a blank.
    static func forEachSecret(
        of head: RequestHead, _ body: (_ value: UnsafeBufferPointer<UInt8>, _ plusIsBlank: Bool) -> Void
    ) {
        head.fields.forEachValue { name, value in
            guard CredentialFields.kind(ofField: name) == .credential else { return }
            let scheme = CredentialFields.schemeLength(value, value.indices)
            if scheme < value.count { body(UnsafeBufferPointer(rebasing: value[scheme...]), false) }
        }
        var target = head.target.raw
        target.withUTF8 { url in
            URLQuery.forEach(in: url) { name, value in
                guard !value.isEmpty,
                    CredentialFields.isCredential(parameter: UnsafeBufferPointer(rebasing: url[name]))
                else { return }
                body(UnsafeBufferPointer(rebasing: url[value]), true)
            }
        }
    }
}
