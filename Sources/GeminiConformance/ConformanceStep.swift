// SPDX-License-Identifier: Apache-2.0

import Conformance
import HTTPWire

/// One thing that a client is to do. What a parameter is says the protocol's page; what has no member here is asked for by its
/// name there.
public struct ConformanceStep: Sendable {
    /// By the protocol.
    let json: JSON
    /// `generate`, `stream`, `upload`, …; nil for a verb that is newer than this.
    public var verb: TaskVerb? { string("do").flatMap { TaskVerb(rawValue: $0) } }
    /// The question.
    public var text: String { string("text") ?? "" }
    public var model: String { string("model") ?? "gemini-3.5-flash" }
    public var system: String? { string("system") }
    /// How long the client may take, in seconds; nil for as long as it takes by itself.
    public var timeout: Double? { double("timeout") }
    /// The number of the step whose conversation goes on; nil for a new one.
    public var previous: Int? { int("previous") }

    /// - Returns: nil where the step has no such parameter, or it is no text.
    public func string(_ name: String) -> String? {
        if case .string(let text)? = json[name] { text } else { nil }
    }

    public func int(_ name: String) -> Int? {
        if case .int(let number)? = json[name] { number } else { nil }
    }

    public func double(_ name: String) -> Double? {
        if case .double(let number)? = json[name] { number } else { int(name).map(Double.init) }
    }

    public func bool(_ name: String) -> Bool? {
        if case .bool(let value)? = json[name] { value } else { nil }
    }

    /// A parameter of any kind as JSON, such as `tools`.
    public func jsonText(_ name: String) -> String? {
        json[name].map { String(decoding: $0.bytes(.compact), as: UTF8.self) }
    }
}
