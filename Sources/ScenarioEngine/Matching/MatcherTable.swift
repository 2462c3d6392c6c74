// SPDX-License-Identifier: Apache-2.0

/// All matchers there are, in the order in which they are asked: what is cheap and tells most first, what looks at the
/// history last.
enum MatcherTable {
    /// What a request pattern may ask for.
    struct Entry: Sendable {
        /// The field of `when`.
        let field: String
        /// None where the pattern doesn't ask for it, or one for each header, pointer, state and so on.
        let make: @Sendable (RequestPattern) -> [any Matcher]
    }

    static let entries: [Entry] = [
        Entry("endpoint") { $0.endpoints.isEmpty ? nil : EndpointMatcher(endpoints: $0.endpoints) },
        Entry("model") { $0.models.isEmpty ? nil : ModelMatcher(models: $0.models) },
        Entry("stream") { $0.stream.map { StreamMatcher(isStream: $0) } },
        Entry("step") { $0.steps.isEmpty ? nil : StepMatcher(steps: $0.steps) },
        Entry("tenant") { $0.tenant.map { TenantMatcher($0) } },
        Entry(field: "header") { $0.headers.map { HeaderMatcher($0) } },
        Entry(field: "query") { $0.query.map { QueryMatcher($0) } },
        Entry("turn") { $0.turn.map { TurnMatcher(turns: $0) } },
        Entry("functionResponse") { $0.functionResponse.map { FunctionResponseMatcher(wanted: $0) } },
        Entry(field: "tool") { $0.tools.map { ToolMatcher($0) } },
        Entry("inlineBytes") { $0.inlineBytes.map { InlineBytesMatcher(bytes: $0) } },
        Entry("file") { $0.file.map { FileMatcher($0) } },
        Entry("lastText") { $0.lastText.map { LastTextMatcher($0) } },
        Entry("system") { $0.system.map { SystemMatcher($0) } },
        Entry(field: "pointers") { $0.pointers.map { PointerMatcher($0) } },
        Entry("body") { $0.body.map { BodyMatcher($0) } },
        Entry("schema") { $0.schema.map { SchemaMatcher($0) } },
        Entry(field: "state") { $0.states.map { StateMatcher($0) } },
        Entry("call") { $0.call.map { CallMatcher(calls: $0) } },
    ]
}

extension MatcherTable.Entry {
    /// Of what a pattern asks for once at most.
    fileprivate init(_ field: String, _ make: @escaping @Sendable (RequestPattern) -> (any Matcher)?) {
        self.init(field: field) { make($0).map { [$0] } ?? [] }
    }
}

extension RequestPattern {
    /// What it asks for, made ready: once for each stub, since regular expressions are compiled.
    var matchers: [any Matcher] { MatcherTable.entries.flatMap { $0.make(self) } }
}
