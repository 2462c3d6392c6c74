// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a user's authority is kept, for that user alone: made once, used by all servers from then on.
public struct AuthorityFolder: Sendable {
    public let path: String

    /// What clients are to trust, in PEM.
    public var certificateFile: String { "\(path)/authority.pem" }
    /// The authorities of the system and ours, for variables that replace what a client would trust.
    public var bundleFile: String { "\(path)/authorities.pem" }
    /// The key and its certificate: one file, so that they are never those of two authorities.
    private var keyFile: String { "\(path)/authority-key.pem" }

    /// Where an authority has come from.
    public enum Origin: Sendable {
        case found
        case made
        /// Its time was almost over: it has the same key, name and bounds, and another end.
        case renewed
    }

    public init(path: String) { self.path = path }

    /// The folder of this user.
    ///
    /// - Parameters:
    ///   - dataHome: what `XDG_DATA_HOME` says; of no account where it is no whole path, as its specification has it.
    ///   - home: what `HOME` says.
    /// - Returns: nil where neither says anything.
    public static func standard(dataHome: String?, home: String?) -> AuthorityFolder? {
        if let dataHome, dataHome.hasPrefix("/") { return AuthorityFolder(path: "\(dataHome)/gemini-mock") }
        guard let home, home.hasPrefix("/") else { return nil }
        #if os(macOS)
            return AuthorityFolder(path: "\(home)/Library/Application Support/gemini-mock")
        #else
            return AuthorityFolder(path: "\(home)/.local/share/gemini-mock")
        #endif
    }

    /// The authority, made or renewed where need be; the two files for clients are as they should be when this returns. Any
    /// number of processes may call it at once.
    ///
    /// - Parameters:
    ///   - names: what a new one may vouch for besides the usual.
    ///   - now: seconds since 1970.
    public func authority(for names: [TLSName] = [], now: Int = time(nil)) throws(TLSAuthorityError) -> (
        authority: TLSAuthority, origin: Origin
    ) {
        try prepare()
        let lock = try AuthorityLock("\(path)/lock")
        defer { lock.release() }
        guard let kept = try keptAuthority() else {
            return (try keep(try TLSAuthority.make(for: names, now: now)), .made)
        }
        guard kept.isOld(now: now) else {
            try publish(kept)
            return (kept, .found)
        }
        return (try keep(try kept.renewed(now: now)), .renewed)
    }

    /// Puts a new authority in the place of the one that is there, if there is one.
    public func replace(for names: [TLSName], now: Int = time(nil)) throws(TLSAuthorityError) -> TLSAuthority
    {
        try prepare()
        let lock = try AuthorityLock("\(path)/lock")
        defer { lock.release() }
        return try keep(try TLSAuthority.make(for: names, now: now))
    }

    /// The authority that is there; makes nothing.
    public func existing() throws(TLSAuthorityError) -> TLSAuthority? { try keptAuthority() }

    // MARK: Files

    private func keep(_ authority: TLSAuthority) throws(TLSAuthorityError) -> TLSAuthority {
        try WholeFile.write(authority.pem, to: keyFile, mode: 0o600)
        try publish(authority)
        return authority
    }

    /// Writes what clients read, where it isn't so already: the system's authorities change now and then.
    private func publish(_ authority: TLSAuthority) throws(TLSAuthorityError) {
        let bundle = SystemAuthorities.pem() + authority.certificate
        for (file, bytes) in [(certificateFile, authority.certificate), (bundleFile, bundle)]
        where try WholeFile.read(file, atMost: SystemAuthorities.largestFile * 2) != bytes {
            try WholeFile.write(bytes, to: file, mode: 0o644)
        }
    }

    private func keptAuthority() throws(TLSAuthorityError) -> TLSAuthority? {
        guard let text = try WholeFile.read(keyFile, atMost: AuthorityFolder.largestKeyFile, isPrivate: true)
        else { return nil }
        do {
            return try TLSAuthority(pem: text)
        } catch {
            // Not replaced just so: it may be installed somewhere.
            throw .unsafe(keyFile, "\(error); `gemini-mock ca replace` makes a new one")
        }
    }

    private static let largestKeyFile = 1 << 20

    /// Makes the folder, those above it too, for this user alone.
    private func prepare() throws(TLSAuthorityError) {
        var parent = ""
        for part in path.split(separator: "/") {
            parent += "/\(part)"
            if mkdir(parent, 0o700) != 0, errno != EEXIST, errno != EISDIR, access(parent, F_OK) != 0 {
                throw .file("make", parent, errno: errno)
            }
        }
        var status = stat()
        guard stat(path, &status) == 0 else { throw .file("look at", path, errno: errno) }
        guard status.st_uid == geteuid() else { throw .unsafe(path, "the folder belongs to another user") }
        // Also one that somebody else has made for us.
        if status.st_mode & 0o077 != 0, chmod(path, 0o700) != 0 {
            throw .file("close to others", path, errno: errno)
        }
    }
}
