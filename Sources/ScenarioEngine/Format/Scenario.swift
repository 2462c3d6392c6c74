// SPDX-License-Identifier: Apache-2.0

/// A scenario file: what to answer, and what state there is.
struct Scenario: Sendable, Equatable {
    var name: String
    var description: String?
    var settings = Settings()
    var states: [State] = []
    /// In the order in which they are tried.
    var stubs: [Stub] = []

    /// How the server behaves as long as the scenario is loaded; nil leaves it as it is.
    struct Settings: Sendable, Equatable {
        /// Whether a request that matches no stub is refused.
        var strict: Bool?
        /// How long streams wait between two events.
        var streamInterval: Duration?
        /// How long runs of the Interactions API in the background take.
        var runLength: Duration?
    }

    /// Something that has one of several values at a time.
    struct State: Sendable, Equatable {
        var name: String
        /// The first is the one that it begins with.
        var values: [String]
    }
}

/// A request pattern, and the replies for requests that match it.
struct Stub: Sendable, Equatable {
    var name: String
    var pattern = RequestPattern()
    /// In the order in which they are given.
    var replies: [Reply]
    var repeats = Repetition.last
    /// Whether it is reported where it was never used.
    var isRequired = false

    /// What follows the last reply.
    enum Repetition: String, Sendable, CaseIterable {
        /// The last one again and again.
        case last
        /// The first one.
        case cycle
        /// A refusal.
        case fail
    }
}

/// A state and a value of it: a condition, or what it becomes.
struct StateValue: Sendable, Equatable {
    var state: String
    var value: String
}
