// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What a request must be for a stub. What is nil or empty isn't asked for; all that is given must hold.
struct RequestPattern: Sendable, Equatable {
    /// One of these methods, as the API spells them.
    var endpoints: [String] = []
    /// One of these names, with `*` and `?`, without `models/`.
    var models: [String] = []
    var tenant: TextPattern?
    var headers: [NamedPattern] = []
    var query: [NamedPattern] = []
    /// Of the system instruction's text.
    var system: TextPattern?
    /// Of the last text that the user sent.
    var lastText: TextPattern?
    /// What the body must have, maybe among more.
    var body: JSON?
    var pointers: [PointerCondition] = []
    /// A schema that the body fulfils.
    var schema: JSON?
    /// Names of functions that all are declared.
    var tools: [String] = []
    var functionResponse: FunctionResponse?
    /// How many turns of the user there are, this one included.
    var turn: Bounds<Int>?
    var file: FilePattern?
    /// How many bytes of inline data there are in all.
    var inlineBytes: Bounds<Int>?
    /// Whether a stream is asked for.
    var stream: Bool?
    /// One of these steps of an upload. Without any, only what begins something fits.
    var steps: [String] = []
    /// Its number among the requests that all else here fits.
    var call: Bounds<Int>?
    var states: [StateValue] = []

    struct NamedPattern: Sendable, Equatable {
        var name: String
        var pattern: TextPattern
    }

    enum FunctionResponse: Sendable, Equatable {
        case any
        case none
        case named(String)
    }
}

/// A predicate on a text.
enum TextPattern: Sendable, Equatable {
    case equals(String)
    case contains(String)
    /// With `*` and `?`.
    case glob(String)
    /// A regular expression of PCRE2 that must be found anywhere.
    case matches(String)
}

/// What must be at a place of the body.
struct PointerCondition: Sendable, Equatable {
    /// A JSON Pointer (RFC 6901).
    var pointer: String
    var condition: Condition

    enum Condition: Sendable, Equatable {
        case equals(JSON)
        case matches(String)
        case exists(Bool)
    }
}

/// What a file that the request names must be.
struct FilePattern: Sendable, Equatable {
    /// With `*` and `?`.
    var mimeType: String?
    /// In bytes.
    var size: Bounds<Int>?
    /// In lower-case hex.
    var sha256: String?
    var duration: Bounds<Duration>?
}

/// From `min` to `max`, both included; at least one of them is given.
struct Bounds<Value: Comparable & Sendable>: Sendable, Equatable {
    var min: Value?
    var max: Value?

    func contains(_ value: Value) -> Bool {
        (min.map { value >= $0 } ?? true) && (max.map { value <= $0 } ?? true)
    }
}
