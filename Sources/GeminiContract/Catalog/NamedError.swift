// SPDX-License-Identifier: Apache-2.0

/// A refusal of the catalogue, with what is to differ.
public struct NamedError: Sendable, Equatable {
    public var name: String
    public var message: String?
    /// How long a client is told to wait.
    public var retryDelay: Duration?

    public init(name: String, message: String? = nil, retryDelay: Duration? = nil) {
        self.name = name
        self.message = message
        self.retryDelay = retryDelay
    }
}
