// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A small client of the Gemini API that does what the suite asks for, on plain sockets, and, told to, breaks.
///
/// It shares no code with the server but JSON values: a wrong belief must not sit on both sides of a check. One thread uses
/// it, for one task.
public final class ReferenceClient {
    /// Where it calls, and how patient it is. What a real client would set to seconds and minutes is short here.
    public struct Settings: Sendable {
        public var baseURL: String
        public var key: String
        /// What it does wrong.
        public var flaws: Set<Flaw> = []
        /// How long it waits for a connection, and for the next byte of an answer.
        public var idleTimeout = Duration.seconds(20)
        /// The wait before the first retry; each later one is twice as long.
        public var firstBackoff = Duration.milliseconds(100)
        /// How often a request is sent at most, the first time included.
        public var attempts = 4
        /// The longest wait that the service may ask for: it gives up where that is longer.
        public var longestWait = Duration.seconds(10)
        /// How long it waits between two looks at a file or a run.
        public var pollInterval = Duration.seconds(1)
        /// How long it waits before its first look at a run; each later wait is three times as long, up to `pollInterval`.
        public var firstPoll = Duration.milliseconds(100)
        /// The wait before it goes on with an upload; each later one is twice as long.
        public var uploadBackoff = Duration.milliseconds(300)
        /// How many bytes of a file it sends in one request at most, in multiples of what the service wants.
        public var chunkSize = 8 << 20

        public init(baseURL: String, key: String) {
            (self.baseURL, self.key) = (baseURL, key)
        }
    }

    let settings: Settings
    /// The conversation that each step has led so far; nil for steps that lead none.
    var conversations: [[JSON]?] = []
    /// What the last turn was begun with.
    var lastInput: JSON = ""
    /// The turn that each step has begun or gone on with; nil for steps that have none.
    var turns: [InteractionState?] = []
    /// The file that each step has brought, as the API tells it; nil for steps that bring none.
    var fileSteps: [JSON?] = []

    public init(_ settings: Settings) { self.settings = settings }

    func has(_ flaw: Flaw) -> Bool { settings.flaws.contains(flaw) }

    /// Does what a task says, step by step, up to the first that fails.
    ///
    /// - Parameter task: by the protocol: `{"case": …, "steps": […]}`.
    /// - Returns: by the protocol: `{"steps": […]}`, or `{"unsupported": …}`.
    public func perform(_ task: JSON) -> JSON {
        guard case .array(let steps)? = task["steps"] else { return ["unsupported": "a task without steps"] }
        var results: [JSON] = []
        for step in steps {
            guard case .string(let verb)? = step["do"] else {
                return ["unsupported": "a step without a verb"]
            }
            let result: JSON
            do {
                guard let done = try perform(verb, step, results) else {
                    return .object([JSON.Member("unsupported", .string("the verb \(verb)"))])
                }
                result = done
            } catch let failure as ClientFailure {
                result = has(.swallowsErrors) ? ["ok": true, "text": ""] : failure.result(settings.flaws)
            } catch {
                result = ["ok": false]
            }
            results.append(result)
            if conversations.count < results.count { conversations.append(nil) }
            if fileSteps.count < results.count { fileSteps.append(nil) }
            if turns.count < results.count { turns.append(nil) }
            if result["ok"] != .bool(true) { break }
        }
        return .object([JSON.Member("steps", .array(results))])
    }

    private func perform(_ verb: String, _ step: JSON, _ results: [JSON]) throws -> JSON? {
        switch verb {
        case "generate": try generate(step, results)
        case "stream": try stream(step, results)
        case "count_tokens": try countTokens(step, results)
        default: try performOnFiles(verb, step, results) ?? performOnInteractions(verb, step, results)
        }
    }
}
