// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What to answer to which requests: a scenario file, or one written in Swift with the same names.
///
///     MockScenario("rate limited", stubs: [
///         MockStub("asks", when: MockPattern(endpoint: ["generateContent"]), replies: [
///             .error("quota-per-minute", retryDelay: .seconds(3)),
///             .text("Hello"),
///         ])
///     ])
///
/// It is checked when a server starts with it, by the rules that files are checked by; what is wrong is told with the
/// line of the Swift file.
public struct MockScenario: Sendable {
    enum Source: Sendable {
        /// A file, or a folder with some.
        case path(String)
        case text([UInt8], file: String)
        case built(LocatedJSON, file: String)
    }

    let source: Source

    /// A scenario file, or a folder with some.
    public init(path: String) {
        source = .path(path)
    }

    /// What would stand in a scenario file.
    ///
    /// - Parameters:
    ///   - text: YAML or JSON.
    ///   - file: what to call the text in problems, and where its stubs are said to be.
    public init(parsing text: String, file: String) {
        source = .text(Array(text.utf8), file: file)
    }

    init(located value: LocatedJSON, file: String) {
        source = .built(value, file: file)
    }

    /// - Parameters:
    ///   - states: each state's values, the first of which it begins with.
    ///   - stubs: in the order in which they are tried.
    public init(
        _ name: String, settings: MockSettings = MockSettings(),
        states: KeyValuePairs<String, [String]> = [:],
        stubs: [MockStub], file: String = #fileID, line: Int = #line
    ) {
        var map = MapBuilder(line: line)
        map.add("name", .string(name))
        map.add("settings", settings.fields(line: line))
        if !states.isEmpty {
            var values = MapBuilder(line: line)
            for (name, names) in states { values.add(name, .array(names.map { .string($0) })) }
            map.add("states", values.value)
        }
        map.add("stubs", LocatedJSON(kind: .list(stubs.map(\.value)), place: map.place))
        source = .built(map.value, file: file)
    }
}

/// How the server behaves as long as a scenario is played; nil leaves it as it is.
public struct MockSettings: Sendable {
    /// Whether a request that matches no stub is refused.
    public var strict: Bool?
    /// How long streams wait between two events.
    public var streamInterval: Duration?
    /// How long runs of the Interactions API in the background take.
    public var runLength: Duration?

    public init(strict: Bool? = nil, streamInterval: Duration? = nil, runLength: Duration? = nil) {
        self.strict = strict
        self.streamInterval = streamInterval
        self.runLength = runLength
    }

    fileprivate func fields(line: Int) -> LocatedJSON? {
        var map = MapBuilder(line: line)
        map.add("strict", strict.map { .bool($0) })
        map.add("streamInterval", streamInterval)
        map.add("runLength", runLength)
        return map.isEmpty ? nil : map.value
    }
}

/// A request pattern, and the replies for requests that match it.
public struct MockStub: Sendable {
    /// What follows the last reply.
    public enum Repetition: String, Sendable {
        /// The last one again and again.
        case last
        /// The first one.
        case cycle
        /// A refusal.
        case fail
    }

    let value: LocatedJSON

    /// - Parameters:
    ///   - replies: in the order in which they are given.
    ///   - isRequired: whether it is reported where no request has used it.
    public init(
        _ name: String, when pattern: MockPattern = MockPattern(), replies: [MockReply],
        repeats: Repetition = .last, isRequired: Bool = false, line: Int = #line
    ) {
        var map = MapBuilder(line: line)
        map.add("name", .string(name))
        map.add("when", pattern.fields(line: line))
        map.add(
            "replies", LocatedJSON(kind: .list(replies.map { $0.located(line: line) }), place: map.place))
        map.add("repeat", .string(repeats.rawValue))
        if isRequired { map.add("required", true) }
        value = map.value
    }
}
