// SPDX-License-Identifier: Apache-2.0

/// Where a server is to be found, and what clients trust it by.
struct ServerAddresses: Sendable {
    var baseURL: String
    var tlsBaseURL: String?
    var proxyURL: String?
    /// The file of the authority behind its certificate, where it is this user's own.
    var authorityFile: String?
}
