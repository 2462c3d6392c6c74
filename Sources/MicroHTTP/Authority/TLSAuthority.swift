// SPDX-License-Identifier: Apache-2.0

/// An authority of our own, which vouches for servers of a few names and for nothing else, so that who trusts it isn't
/// endangered by whoever gets hold of its key.
public struct TLSAuthority: Sendable, Equatable {
    /// What clients are to trust, in PEM.
    public let certificate: [UInt8]
    /// In PEM. It leaves this type only for the file that keeps it.
    let key: [UInt8]
    /// The hosts, with those below them, and the addresses that it may vouch for.
    public let permitted: [TLSName]
    /// In seconds since 1970.
    public let expires: Int
    /// What it is called, also in lists of trusted authorities.
    public let name: String

    /// The names that every authority may vouch for, and that certificates are for unless others are asked for.
    public static let usualNames: [TLSName] = [
        .host("generativelanguage.googleapis.com"), .host("localhost"), .address([127, 0, 0, 1]),
        .address([UInt8](repeating: 0, count: 15) + [1]),
    ]

    /// In seconds. Whoever has installed it need not do it again for long.
    static let lifetime = 3650 * day
    /// In seconds; Apple's systems take none of 398 days or more.
    static let leafLifetime = 390 * day
    /// In seconds: clocks that are a little slow see no certificate from the future.
    static let earlier = day
    private static let day = 86_400

    /// Makes a new one.
    ///
    /// - Parameters:
    ///   - names: what it may vouch for besides `usualNames`.
    ///   - now: seconds since 1970.
    static func make(for names: [TLSName], now: Int) throws(TLSAuthorityError) -> TLSAuthority {
        let others = names.filter { name in !usualNames.contains { $0.covers(name) } }
        return try make(usualNames + unique(others), key: try X509Key.make(), now: now)
    }

    /// The same with another date: clients that trust the earlier one trust what this one signs, as long as that lasts.
    func renewed(now: Int) throws(TLSAuthorityError) -> TLSAuthority {
        try TLSAuthority.make(permitted, key: try X509Key(pem: key), now: now)
    }

    /// Whether it doesn't outlast a certificate that it would sign now.
    func isOld(now: Int) -> Bool { expires < now + TLSAuthority.leafLifetime + TLSAuthority.day }

    /// - Parameter text: a key, and its certificate.
    /// - Throws: `TLSAuthorityError` where it isn't one of ours.
    init(pem text: [UInt8]) throws(TLSAuthorityError) {
        let certificate = try X509Certificate(pem: text)
        let key = try X509Key(pem: text)
        guard try certificate.belongs(to: key) else {
            throw .library("use the authority", "its key belongs to another certificate")
        }
        let permitted = try certificate.permittedNames()
        guard !permitted.isEmpty else {
            throw .library("use the authority", "it could vouch for every name there is")
        }
        self.init(
            certificate: try certificate.pem(), key: try key.pem(), permitted: permitted,
            expires: certificate.expires, name: TLSAuthority.name(try certificate.keyID()))
    }

    /// What `init(pem:)` reads.
    var pem: [UInt8] { key + certificate }

    /// A certificate for a server, and its key, neither of which is kept anywhere.
    ///
    /// - Parameter names: besides `usualNames`.
    /// - Throws: `TLSAuthorityError` where it may not vouch for one of them.
    public func certificate(for names: [TLSName], now: Int) throws(TLSAuthorityError) -> TLSCertificate {
        let names = TLSAuthority.unique(TLSAuthority.usualNames + names)
        for name in names where !permitted.contains(where: { $0.covers(name) }) {
            throw .notPermitted(name, permitted)
        }
        let leafKey = try X509Key.make()
        let leaf = try X509Certificate.leaf(
            X509Certificate.Terms(
                name: "gemini-mock", begins: now - TLSAuthority.earlier,
                expires: min(now + TLSAuthority.leafLifetime, expires), key: leafKey),
            names: names, by: try X509Certificate(pem: certificate), try X509Key(pem: key))
        return TLSCertificate(certificate: try leaf.pem(), key: try leafKey.pem())
    }

    private static func make(_ permitted: [TLSName], key: X509Key, now: Int) throws(TLSAuthorityError)
        -> TLSAuthority
    {
        let expires = now + lifetime
        // The name has the key's number in it, which is known when there is a certificate.
        func made(_ name: String) throws(TLSAuthorityError) -> X509Certificate {
            try X509Certificate.authority(
                X509Certificate.Terms(name: name, begins: now - earlier, expires: expires, key: key),
                permitted: permitted)
        }
        let name = name(try made("gemini-mock").keyID())
        return TLSAuthority(
            certificate: try made(name).pem(), key: try key.pem(), permitted: permitted, expires: expires,
            name: name)
    }

    private init(certificate: [UInt8], key: [UInt8], permitted: [TLSName], expires: Int, name: String) {
        self.certificate = certificate
        self.key = key
        self.permitted = permitted
        self.expires = expires
        self.name = name
    }

    /// Two authorities of one name would be mixed up by clients and by people.
    private static func name(_ keyID: [UInt8]) -> String {
        let digits = keyID.prefix(4).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return "gemini-mock authority \(digits.joined())"
    }

    private static func unique(_ names: [TLSName]) -> [TLSName] {
        var seen: Set<TLSName> = []
        return names.filter { seen.insert($0).inserted }
    }
}
