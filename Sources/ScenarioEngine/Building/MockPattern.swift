// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// What a request must be. What is nil or empty isn't asked for; all that is given must hold.
public struct MockPattern: Sendable {
    /// One of these methods, as the API spells them.
    public var endpoint: [String] = []
    /// One of these names, with `*` and `?`.
    public var model: [String] = []
    /// Of the API key, or of the project (`x-goog-user-project`) of a bearer token.
    public var tenant: MockText?
    public var header: [String: MockText] = [:]
    public var query: [String: MockText] = [:]
    /// Of the system instruction's text.
    public var system: MockText?
    /// Of the last text that the user sent.
    public var lastText: MockText?
    /// What the body must have, maybe among more.
    public var body: JSON?
    public var pointers: [MockPointer] = []
    /// A JSON Schema that the body fulfils.
    public var schema: JSON?
    /// Names of functions that all are declared.
    public var tool: [String] = []
    public var functionResponse: MockFunctionResponse?
    /// How many turns of the user there are, this one included.
    public var turn: ClosedRange<Int>?
    public var file: MockFilePattern?
    /// How many bytes of inline data there are in all.
    public var inlineBytes: ClosedRange<Int>?
    /// Whether a stream is asked for.
    public var stream: Bool?
    /// One of these steps of an upload. Without any, only what begins something fits.
    public var step: [UploadStep] = []
    /// Its number among the requests that fit all else.
    public var call: ClosedRange<Int>?
    /// The values that states must have.
    public var state: [String: String] = [:]

    public init(
        endpoint: [String] = [], model: [String] = [], tenant: MockText? = nil,
        header: [String: MockText] = [:], query: [String: MockText] = [:], system: MockText? = nil,
        lastText: MockText? = nil, body: JSON? = nil, pointers: [MockPointer] = [], schema: JSON? = nil,
        tool: [String] = [], functionResponse: MockFunctionResponse? = nil, turn: ClosedRange<Int>? = nil,
        file: MockFilePattern? = nil, inlineBytes: ClosedRange<Int>? = nil, stream: Bool? = nil,
        step: [UploadStep] = [], call: ClosedRange<Int>? = nil, state: [String: String] = [:]
    ) {
        self.endpoint = endpoint
        self.model = model
        self.tenant = tenant
        self.header = header
        self.query = query
        self.system = system
        self.lastText = lastText
        self.body = body
        self.pointers = pointers
        self.schema = schema
        self.tool = tool
        self.functionResponse = functionResponse
        self.turn = turn
        self.file = file
        self.inlineBytes = inlineBytes
        self.stream = stream
        self.step = step
        self.call = call
        self.state = state
    }

    func fields(line: Int) -> LocatedJSON? {
        var map = MapBuilder(line: line)
        map.add("endpoint", endpoint)
        map.add("model", model)
        map.add("tenant", tenant?.json)
        map.add("header", MockPattern.map(header) { $0.json })
        map.add("query", MockPattern.map(query) { $0.json })
        map.add("system", system?.json)
        map.add("lastText", lastText?.json)
        map.add("body", body)
        map.add("pointers", pointers.isEmpty ? nil : .array(pointers.map(\.json)))
        map.add("schema", schema)
        map.add("tool", tool)
        map.add("functionResponse", functionResponse?.json)
        map.add("turn", turn.map(MockPattern.bounds))
        map.add("file", file?.json)
        map.add("inlineBytes", inlineBytes.map(MockPattern.bounds))
        map.add("stream", stream.map { .bool($0) })
        map.add("step", step.map(\.rawValue))
        map.add("call", call.map(MockPattern.bounds))
        map.add("state", MockPattern.map(state) { .string($0) })
        return map.isEmpty ? nil : map.value
    }

    /// By name, so that the same pattern is always the same; nil where there is nothing.
    private static func map<Value>(_ values: [String: Value], _ json: (Value) -> JSON) -> JSON? {
        guard !values.isEmpty else { return nil }
        return .object(values.sorted { $0.key < $1.key }.map { JSON.Member($0.key, json($0.value)) })
    }

    fileprivate static func bounds(_ range: ClosedRange<Int>) -> JSON {
        range.upperBound == Int.max
            ? ["min": .int(range.lowerBound)]
            : ["min": .int(range.lowerBound), "max": .int(range.upperBound)]
    }
}

/// A predicate on a text.
public enum MockText: Sendable {
    case equals(String)
    case contains(String)
    /// With `*` and `?`.
    case glob(String)
    /// A regular expression that must be found anywhere.
    case matches(String)

    fileprivate var json: JSON {
        switch self {
        case .equals(let text): ["equals": .string(text)]
        case .contains(let text): ["contains": .string(text)]
        case .glob(let text): ["glob": .string(text)]
        case .matches(let text): ["matches": .string(text)]
        }
    }
}

/// What must be at a place of the body, which a JSON Pointer (RFC 6901) tells.
public enum MockPointer: Sendable {
    case equals(at: String, JSON)
    case matches(at: String, String)
    case exists(at: String, Bool)

    fileprivate var json: JSON {
        switch self {
        case .equals(let pointer, let value): ["at": .string(pointer), "equals": value]
        case .matches(let pointer, let text): ["at": .string(pointer), "matches": .string(text)]
        case .exists(let pointer, let isThere): ["at": .string(pointer), "exists": .bool(isThere)]
        }
    }
}

/// Whether the last turn brings what a function gave back.
public enum MockFunctionResponse: Sendable {
    case any
    case none
    case named(String)

    fileprivate var json: JSON {
        switch self {
        case .any: true
        case .none: false
        case .named(let name): .string(name)
        }
    }
}

/// What a file that the request names, or uploads, must be.
public struct MockFilePattern: Sendable {
    /// With `*` and `?`.
    public var mimeType: String?
    /// In bytes.
    public var size: ClosedRange<Int>?
    /// In hex.
    public var sha256: String?
    public var duration: ClosedRange<Duration>?

    public init(
        mimeType: String? = nil, size: ClosedRange<Int>? = nil, sha256: String? = nil,
        duration: ClosedRange<Duration>? = nil
    ) {
        self.mimeType = mimeType
        self.size = size
        self.sha256 = sha256
        self.duration = duration
    }

    fileprivate var json: JSON {
        let members: [JSON.Member?] = [
            mimeType.map { JSON.Member("mimeType", .string($0)) },
            size.map { JSON.Member("size", MockPattern.bounds($0)) },
            sha256.map { JSON.Member("sha256", .string($0)) },
            duration.map { range in
                let (min, max) = (MapBuilder.text(range.lowerBound), MapBuilder.text(range.upperBound))
                return JSON.Member("duration", ["min": .string(min), "max": .string(max)])
            },
        ]
        return .object(members.compactMap(\.self))
    }
}
