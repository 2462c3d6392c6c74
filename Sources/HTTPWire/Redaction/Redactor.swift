// SPDX-License-Identifier: Apache-2.0

/// Takes credentials out of what is logged, kept or recorded.
///
/// A credential is told by the place where it is (`CredentialFields`), by the name before it (`"apiKey": "…"`, `?key=`), by
/// its shape (`AIza…`, `Bearer …`, private keys; `SecretShape`), or by being known. Escapes of plain characters, as JSON and
/// URLs have them, hide none of it. The work is linear in what is looked at, and a copy is made only where something is found.
public struct Redactor: Sendable {
    let known: [KnownSecret]

    /// More of them aren't looked for: each costs a pass. Requests have one.
    private static let mostKnown = 16

    /// - Parameter secrets: credentials that are known: those of the request itself, say. Looked for is what has at least 6
    ///   bytes: shorter ones are made up, and stand in many words.
    public init(secrets: [String] = []) {
        known = secrets.prefix(Redactor.mostKnown).compactMap { secret in
            var secret = secret
            return secret.withUTF8 { KnownSecret($0) }
        }
    }

    /// Knows the credentials of a request: like `init(secrets: Redactor.secrets(of: head))`, and cheaper.
    public init(of head: RequestHead) {
        var known: [KnownSecret] = []
        Redactor.forEachSecret(of: head) { value, plusIsBlank in
            guard known.count < Redactor.mostKnown else { return }
            if let secret = KnownSecret(value) { known.append(secret) }
            if var decoded = PercentEncoding.decodedIfEncoded(value, plusIsBlank: plusIsBlank),
                let secret = decoded.withUTF8({ KnownSecret($0) })
            {
                known.append(secret)
            }
        }
        self.known = known
    }

    // MARK: - Bodies

    /// Overwrites secrets, mostly with `*`: lengths and offsets stay what they were, and JSON stays JSON. In numbers `1` and
    /// `0` stand instead.
    ///
    /// - Returns: whether there was any.
    @discardableResult
    public func mask(_ bytes: inout [UInt8]) -> Bool {
        let places = bytes.withUnsafeBufferPointer { SecretFinder.places(in: $0, known) }
        guard !places.isEmpty else { return false }
        bytes.withUnsafeMutableBufferPointer { bytes in
            for place in places { Redactor.overwrite(place.range, isNumber: place.isNumber, in: bytes) }
        }
        return true
    }

    /// Masks the pieces of one stream, as they were written: also a secret that is split between pieces, or between the texts
    /// of several events, where it is whole when a client joins strings that stand at the same place of successive events.
    public func mask(_ pieces: inout [[UInt8]]) {
        var whole = pieces.count == 1 ? pieces[0] : Array(pieces.joined())
        let length = whole.count
        let before = whole
        mask(&whole)
        EventTexts.mask(&whole, known)
        assert(whole.count == length)
        guard whole != before else { return }
        var at = 0
        for index in pieces.indices {
            let end = at + pieces[index].count
            pieces[index] = Array(whole[at..<end])
            at = end
        }
    }

    static func overwrite(_ range: Range<Int>, isNumber: Bool, in bytes: UnsafeMutableBufferPointer<UInt8>) {
        guard isNumber else {
            // Lines stay lines: events end where they did.
            for at in range where bytes[at] >= 0x20 { bytes[at] = UInt8(ascii: "*") }
            return
        }
        var digit = UInt8(ascii: "1")
        for at in range where bytes[at] &- UInt8(ascii: "0") < 10 {
            bytes[at] = digit
            digit = UInt8(ascii: "0")
        }
    }

    // MARK: - Texts

    /// A text with `REDACTED` in the place of each secret.
    public func text(_ text: String) -> String {
        var text = text
        let places = text.withUTF8 { SecretFinder.places(in: $0, known) }
        guard !places.isEmpty else { return text }
        let bytes = text.withUTF8 { Redactor.replaced(places, in: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Like `text`, of a text that has been cut in places, which end in `…`: the beginning of a known secret there is none the
    /// less one.
    public func cutText(_ text: String) -> String {
        let pieces = self.text(text).split(separator: "…", omittingEmptySubsequences: false)
        let last = pieces.count - 1
        return pieces.enumerated().map { index, piece in
            guard index < last, let start = known.compactMap({ $0.beginning(atEndOf: piece) }).max() else {
                return String(piece)
            }
            return "\(piece.prefix(piece.count - start))\(CredentialFields.placeholder)"
        }.joined(separator: "…")
    }

    private static func replaced(_ places: [SecretFinder.Place], in text: UnsafeBufferPointer<UInt8>)
        -> [UInt8]
    {
        var out: [UInt8] = []
        out.reserveCapacity(text.count + 8)
        var at = 0
        for place in places.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            if place.range.upperBound <= at { continue }
            // One that begins within the one before has been announced by it.
            if place.range.lowerBound >= at {
                out += text[at..<place.range.lowerBound]
                out += CredentialFields.placeholder.utf8
            }
            at = place.range.upperBound
        }
        return out + text[at...]
    }

    // MARK: - Heads

    /// A request target with the values of its credentials replaced, and what looks like one anywhere in it.
    public func target(_ target: RequestTarget) -> String { url(target.raw) }

    private func url(_ url: String) -> String {
        var raw = url
        let bytes = raw.withUTF8 { redacted(url: $0) }
        return bytes.map { String(decoding: $0, as: UTF8.self) } ?? url
    }

    /// A URL with the values of its credential parameters replaced, also of those that have none; nil where it can stay.
    ///
    /// By bytes, like `RequestTarget`: a combining mark behind a `?`, `&` or `=` would hide that character.
    private func redacted(url: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var out: [UInt8] = []
        var kept = 0
        URLQuery.forEach(in: url) { name, value in
            let bytes = UnsafeBufferPointer(rebasing: url[name])
            guard CredentialFields.isCredential(parameter: bytes) else { return }
            out += url[kept..<name.upperBound]
            out.append(UInt8(ascii: "="))
            out += CredentialFields.placeholder.utf8
            kept = value.upperBound
        }
        guard kept > 0 else {
            let places = SecretFinder.places(in: url, known)
            return places.isEmpty ? nil : Redactor.replaced(places, in: url)
        }
        out += url[kept...]
        return out.withUnsafeBufferPointer { redacted in
            Redactor.replaced(SecretFinder.places(in: redacted, known), in: redacted)
        }
    }

    /// Header fields of a request or an answer. The values of credential fields become `REDACTED`, behind their scheme if
    /// they have one (`Bearer REDACTED`); URLs keep all but the credentials of their query; any other value is searched like
    /// a text. Order, repeats and spelling stay.
    public func fields(_ fields: HTTPFields) -> HTTPFields {
        fields.replacingValues { name, value in replacement(of: value, named: name) }
    }

    /// See `fields(_:)` of `HTTPFields`.
    public func fields(_ fields: [HTTPFields.Field]) -> [HTTPFields.Field] {
        var redacted = fields
        for (index, field) in fields.enumerated() {
            var (name, value) = (field.name, field.value)
            let bytes = name.withUTF8 { name in value.withUTF8 { replacement(of: $0, named: name) } }
            if let bytes {
                redacted[index] = HTTPFields.Field(field.name, String(decoding: bytes, as: UTF8.self))
            }
        }
        return redacted
    }

    /// What a field's value is to become; nil where it can stay.
    private func replacement(
        of value: UnsafeBufferPointer<UInt8>, named name: UnsafeBufferPointer<UInt8>
    ) -> [UInt8]? {
        switch CredentialFields.kind(ofField: name) {
        case .credential:
            let scheme = CredentialFields.schemeLength(value, value.indices)
            return Array(value[..<scheme]) + CredentialFields.placeholder.utf8
        case .url: return redacted(url: value)
        case .other:
            let places = SecretFinder.places(in: value, known)
            return places.isEmpty ? nil : Redactor.replaced(places, in: value)
        }
    }
}
