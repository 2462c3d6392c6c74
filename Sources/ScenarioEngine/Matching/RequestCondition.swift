// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A predicate on any request, outside of scenarios: the `when` of a stub, made ready to be asked.
///
/// Unlike a stub it fits what goes on with something, too (bytes of an upload, a look at one), where no `step` is asked
/// for: who counts requests wants all of them. `call` and `state` are refused, since only stubs remember.
public struct RequestCondition: Sendable, CustomStringConvertible {
    private let matchers: [any Matcher]
    /// What was asked for, as JSON on one line, without credentials.
    public let description: String

    /// - Parameters:
    ///   - file: of the caller, for problems; so is `line`.
    /// - Throws: all that is wrong with the pattern.
    public init(
        _ pattern: MockPattern, vocabulary: ScenarioVocabulary = .ofThisServer, file: String = #fileID,
        line: Int = #line
    ) throws(ScenarioProblems) {
        let value = pattern.fields(line: line) ?? LocatedJSON([:], at: TextPlace(line: line, column: 1))
        try self.init(DocumentReader.Result(value: value, problems: []), file, vocabulary)
    }

    /// - Parameters:
    ///   - text: YAML or JSON, what stands behind `when:` in a scenario file.
    ///   - file: what to call the text in problems.
    /// - Throws: all that is wrong with it.
    public init(
        parsing text: String, file: String = "when", vocabulary: ScenarioVocabulary = .ofThisServer
    ) throws(ScenarioProblems) {
        try self.init(DocumentReader.read(Array(text.utf8), file: file), file, vocabulary)
    }

    /// - Parameters:
    ///   - view: what stands behind `when` in a JSON text. Problems have the lines and columns of the whole text.
    ///   - file: what to call the text in problems.
    /// - Throws: all that is wrong with it.
    public init(
        _ view: JSONView, file: String = "when", vocabulary: ScenarioVocabulary = .ofThisServer
    ) throws(ScenarioProblems) {
        try self.init(DocumentReader.read(view, file: file), file, vocabulary)
    }

    private init(
        _ document: DocumentReader.Result, _ file: String, _ vocabulary: ScenarioVocabulary
    ) throws(ScenarioProblems) {
        let pattern = try ScenarioDecoder.condition(document, file: file, vocabulary: vocabulary)
        matchers = pattern.matchers
        let json = document.value?.json ?? [:]
        description = Redactor().text(String(decoding: json.bytes(.singleLine), as: UTF8.self))
    }

    /// Whether a request is such a one. How often the same is asked doesn't matter.
    public func fits(_ subject: RequestSubject) -> Bool {
        subject.searches.refill()
        return fitsWithinBudget(subject)
    }

    /// For those who ask many conditions about one request: all of them share its budget for regular expressions.
    func fitsWithinBudget(_ subject: RequestSubject) -> Bool {
        let history = StubHistory()
        return matchers.allSatisfy { $0.miss(subject, history) == nil }
    }

    /// How far off a request is, and why, matcher by matcher; of one that fits, too.
    public func nearMiss(_ subject: RequestSubject) -> Comparison {
        subject.searches.refill()
        return Comparison(matchers, subject, isWhole: true)
    }
}
