// SPDX-License-Identifier: Apache-2.0

extension Redactor {
    /// The credentials that a request carries: the values of its credential fields, without their scheme, and of its
    /// credential parameters, as they were sent and decoded.
    ///
    /// All of them, however short; what of them is looked for `init` decides.
    public static func secrets(of head: RequestHead) -> [String] {
        var secrets: [String] = []
        head.fields.forEachValue { name, value in
            guard isCredential(field: name) else { return }
            let scheme = CredentialFields.schemeLength(value, value.indices)
            append(UnsafeBufferPointer(rebasing: value[scheme...]), to: &secrets)
        }
        parameters(of: head.target, &secrets)
        return secrets
    }

    private static func parameters(of target: RequestTarget, _ secrets: inout [String]) {
        guard let mark = target.raw.utf8.firstIndex(of: UInt8(ascii: "?")) else { return }
        for item in target.raw.utf8[mark...].dropFirst().split(separator: UInt8(ascii: "&")) {
            let name = item.prefix { $0 != UInt8(ascii: "=") }
            guard isCredential(parameter: Substring(name)) else { continue }
            let value = Substring(item.dropFirst(name.count + 1))
            let decoded = PercentEncoding.decode(value, plusIsBlank: true)
            secrets.append(decoded)
            if !decoded.utf8.elementsEqual(value.utf8) { secrets.append(String(value)) }
        }
    }

    private static func append(_ value: UnsafeBufferPointer<UInt8>, to secrets: inout [String]) {
        let text = String(decoding: value, as: UTF8.self)
        secrets.append(text)
        guard value.contains(UInt8(ascii: "%")) else { return }
        let decoded = PercentEncoding.decode(text[...], plusIsBlank: false)
        if decoded != text { secrets.append(decoded) }
    }
}
