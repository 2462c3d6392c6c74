// SPDX-License-Identifier: Apache-2.0

import MicroHTTP

/// The files by which clients trust this user's authority.
struct TrustFiles {
    /// It alone, for what adds to what is trusted.
    let authority: String
    /// With those of the system, for what replaces it.
    let bundle: String

    init(_ folder: AuthorityFolder) {
        authority = folder.certificateFile
        bundle = folder.bundleFile
    }

    /// - Parameter authority: the file that a server has told.
    init(authority: String) {
        let folder = AuthorityFolder(
            path: String(authority.prefix(upTo: authority.lastIndex(of: "/") ?? authority.startIndex)))
        self.init(folder)
    }
}
