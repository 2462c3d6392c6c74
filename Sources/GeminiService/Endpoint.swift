// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One method of the API. A new one is a file in `Endpoints/` and a line in `EndpointTable`.
public protocol Endpoint: Sendable {
    /// The method's name as the API spells it, such as `generateContent`.
    var name: String { get }
    /// Verb and path, such as `POST /{version}/models/*:generateContent`.
    var route: RouteTemplate { get }
    /// False where all that is answered is that gemini-mock doesn't imitate it.
    var isImitated: Bool { get }
    /// The message that body and query are bound to; nil where the endpoint checks them itself.
    var message: String? { get }
    /// The message that is answered, for those who ask for parts of it.
    var answerMessage: String? { get }

    /// In which form a refusal goes to the client that sent `head`.
    func errorForm(for head: RequestHead) -> ErrorForm

    /// Whether `receiver` ever gives one.
    var receivesBodies: Bool { get }

    /// What takes the request's body as it arrives; nil to have it kept and read as JSON.
    func receiver(for head: RequestHead, _ service: FakeService) -> (any BodyReceiver)?

    /// For whom the request is, where something else than a credential tells; nil to ask for a credential.
    func tenant(of head: RequestHead, _ service: FakeService) -> Tenant?

    /// The model that a request names, without `models/`; nil where it names none.
    func model(of call: APICall) -> String?

    /// Whether a stream is asked for.
    func isStream(_ call: APICall) -> Bool

    /// Which step of an upload a request is; nil where it is none.
    func step(of head: RequestHead) -> UploadStep?

    /// Whether a request goes on with what an earlier one began: a chunk of an upload, a look at a file or a turn.
    func goesOn(_ head: RequestHead) -> Bool

    /// What is said in a request. Nothing is refused here: what can't be read isn't said.
    func contents(of call: APICall, _ service: FakeService) -> CallContents

    /// The answer.
    ///
    /// - Throws: `APIError` to refuse; anything else is a failure of ours and becomes a 500.
    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer
}

extension Endpoint {
    public var isImitated: Bool { true }
    public var message: String? { nil }
    public var answerMessage: String? { nil }

    public func errorForm(for head: RequestHead) -> ErrorForm { .object }
    public var receivesBodies: Bool { false }
    public func receiver(for head: RequestHead, _ service: FakeService) -> (any BodyReceiver)? { nil }
    public func tenant(of head: RequestHead, _ service: FakeService) -> Tenant? { nil }

    public func model(of call: APICall) -> String? { route.namesModel ? call.names.first : nil }
    public func isStream(_ call: APICall) -> Bool { false }
    public func step(of head: RequestHead) -> UploadStep? { nil }
    public func goesOn(_ head: RequestHead) -> Bool { step(of: head).map { !$0.begins } ?? route.goesOn }
    public func contents(of call: APICall, _ service: FakeService) -> CallContents { CallContents() }
}

/// Verb and path of an endpoint: `{version}` stands for an API version, `*` for one segment, `:name` at the end for a
/// custom method; a verb of `*` for any, `{a,b}` for one of several (told like a `*`), also as custom methods, `**` at the end for
/// whatever follows.
public struct RouteTemplate: Sendable, CustomStringConvertible {
    private enum Segment: Sendable, Equatable {
        case version
        case any
        case literal(String)
        case oneOf([String])
    }

    public let description: String
    public let method: String
    private let segments: [Segment]
    /// Custom methods; empty where there is none.
    private let verbs: [String]
    /// Whether the first star stands for a model.
    let namesModel: Bool
    /// Whether it is about a file or a turn that an earlier request has brought.
    let goesOn: Bool
    /// Whether anything may follow the segments.
    private let isOpen: Bool

    static let versions = ["v1beta", "v1", "v1alpha"]

    public init(_ text: String) {
        description = text
        let halves = text.split(separator: " ", maxSplits: 1)
        method = String(halves[0])
        let path = halves[1].dropFirst()
        let colon = path.lastIndex(of: ":")
        verbs = colon.map { RouteTemplate.choices(path[path.index(after: $0)...]) } ?? []
        let words = path[..<(colon ?? path.endIndex)].split(separator: "/")
        isOpen = words.last == "**"
        namesModel = path.contains("models/*")
        goesOn = path.contains("files/*") || path.contains("interactions/*")
        segments = words.filter { $0 != "**" }.map { segment in
            switch segment {
            case "{version}": .version
            case "*": .any
            case _ where segment.first == "{": .oneOf(RouteTemplate.choices(segment))
            default: .literal(String(segment))
            }
        }
    }

    /// `{a,b}`, or one word.
    private static func choices(_ text: Substring) -> [String] {
        guard text.first == "{" else { return [String(text)] }
        return text.dropFirst().dropLast().split(separator: ",").map { String($0) }
    }

    /// How near a request comes to this template.
    enum Match {
        case no
        /// The path is right but for its custom method, as in `models/x:countTextTokens`.
        case otherMethod
        case yes(version: String, names: [String])
    }

    /// False where a request is certainly not for this template: method, length and all segments but the last are looked
    /// at, where they lie.
    func mayMatch(_ head: RequestHead) -> Bool {
        guard head.target.segments.count == segments.count, head.method == method else { return false }
        for at in segments.indices.dropLast() {
            if case .literal(let literal) = segments[at], literal != head.target.segments[at] { return false }
        }
        return true
    }

    func match(_ asked: AskedRoute) -> Match {
        guard asked.method == method || method == "*",
            asked.segments.count == segments.count || isOpen && asked.segments.count > segments.count
        else { return .no }
        var version = ""
        var names: [String] = []
        for (segment, text) in zip(segments, asked.segments) {
            switch segment {
            case .version where RouteTemplate.versions.contains(text): version = text
            case .any where !text.isEmpty: names.append(text)
            case .oneOf(let choices) where choices.contains(text): names.append(text)
            case .literal(text): continue
            default: return .no
            }
        }
        guard let verb = asked.verb, !isOpen else {
            return verbs.isEmpty ? .yes(version: version, names: names) : .no
        }
        guard verbs.contains(verb) else { return verbs.isEmpty ? .no : .otherMethod }
        return .yes(version: version, names: verbs.count > 1 ? names + [verb] : names)
    }
}

/// Verb and path of a request, taken apart once for all templates.
struct AskedRoute {
    let method: String
    let segments: [String]
    /// What stands behind the last segment's last colon.
    let verb: String?

    init(_ head: RequestHead) {
        // What may be got may be asked for its head.
        method = head.method == "HEAD" ? "GET" : head.method
        var segments = head.target.segments
        let last = segments.last ?? ""
        if let colon = last.utf8.lastIndex(of: UInt8(ascii: ":")) {
            verb = String(last[last.utf8.index(after: colon)...])
            segments[segments.count - 1] = String(last[..<colon])
        } else {
            verb = nil
        }
        self.segments = segments
    }
}
