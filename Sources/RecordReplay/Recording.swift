// SPDX-License-Identifier: Apache-2.0

/// What was exchanged with a server, in its order.
public struct Recording: Sendable, Equatable {
    /// What to call it in messages: the name of its folder.
    public var name: String
    /// The base URL of the server that was recorded; empty where that isn't known.
    public var upstream: String
    /// When it was made, RFC 3339; empty where that isn't known.
    public var made: String
    public var matching: Matching
    public var exchanges: [RecordedExchange]

    /// How requests are told to be those that were recorded.
    public struct Matching: Sendable, Equatable {
        /// Whether the exchanges are to come in their order; else each request gets the first of those that it matches that
        /// wasn't used yet, then the last of them again and again.
        public var isInOrder = false
        /// Places of the body that may differ: JSON Pointers (RFC 6901), `*` for any one name or index.
        public var ignoredPointers: [String] = []
        /// Query parameters that may differ, besides credentials.
        public var ignoredParameters: [String] = []
        /// Header fields that must be the same; no others are looked at.
        public var headers: [String] = []

        public init() {}
    }

    public init(
        name: String, upstream: String = "", made: String = "", matching: Matching = Matching(),
        exchanges: [RecordedExchange] = []
    ) {
        self.name = name
        self.upstream = upstream
        self.made = made
        self.matching = matching
        self.exchanges = exchanges
    }
}
