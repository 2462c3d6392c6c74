// SPDX-License-Identifier: Apache-2.0

extension Redactor {
    /// The credentials that a request carries: the values of its credential fields, without their scheme, and of its
    /// credential parameters, as they were sent and decoded.
    ///
    /// All of them, however short; what of them is looked for `init` decides.
    public static func secrets(of head: RequestHead) -> [String] {
        var secrets: [String] = []
        head.fields.forEachValue { name, value in
            guard CredentialFields.kind(ofField: name) == .credential else { return }
            let scheme = CredentialFields.schemeLength(value, value.indices)
            append(UnsafeBufferPointer(rebasing: value[scheme...]), plusIsBlank: false, to: &secrets)
        }
        var target = head.target.raw
        target.withUTF8 { url in
            URLQuery.forEach(in: url) { name, value in
                let name = UnsafeBufferPointer(rebasing: url[name])
                guard CredentialFields.isCredential(parameter: name) else { return }
                append(UnsafeBufferPointer(rebasing: url[value]), plusIsBlank: true, to: &secrets)
            }
        }
        return secrets
    }

    private static func append(
        _ value: UnsafeBufferPointer<UInt8>, plusIsBlank: Bool, to secrets: inout [String]
    ) {
        guard !value.isEmpty else { return }
        let text = String(decoding: value, as: UTF8.self)
        secrets.append(text)
        guard value.contains(where: { $0 == UInt8(ascii: "%") || plusIsBlank && $0 == UInt8(ascii: "+") })
        else {
            return
        }
        let decoded = PercentEncoding.decode(value[...], plusIsBlank: plusIsBlank)
        if decoded != text { secrets.append(decoded) }
    }
}
