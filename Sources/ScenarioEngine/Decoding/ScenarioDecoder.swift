// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Reads a scenario from located values. It never stops at a problem: all of a file are told at once.
struct ScenarioDecoder {
    let vocabulary: ScenarioVocabulary
    let problems: ProblemList
    /// The states of the file, with their values.
    private(set) var states: [Scenario.State] = []
    /// Where the stubs stand.
    private var places: [TextPlace] = []
    /// Where the scenario's name stands.
    private var namePlace = TextPlace.start

    /// A scenario that was read, with what is wrong with it.
    struct Result {
        /// Nil where there is an error.
        var scenario: Scenario?
        /// Of the scenario's stubs.
        var places: [TextPlace]
        /// Where its name stands.
        var namePlace: TextPlace
        /// In the order of the file.
        var problems: [ScenarioProblem]
    }

    /// - Parameter file: its name in problems.
    static func decode(
        _ bytes: [UInt8], file: String, vocabulary: ScenarioVocabulary,
        limits: DocumentLimits = DocumentLimits()
    ) -> Result {
        let document = DocumentReader.read(bytes, file: file, limits: limits)
        return decode(document.value, document.problems, file: file, vocabulary: vocabulary, limits: limits)
    }

    /// - Parameters:
    ///   - value: nil where nothing could be read.
    ///   - found: what is wrong already.
    static func decode(
        _ value: LocatedJSON?, _ found: [ScenarioProblem] = [], file: String, vocabulary: ScenarioVocabulary,
        limits: DocumentLimits = DocumentLimits()
    ) -> Result {
        let problems = ProblemList(file: file, limit: limits.problems)
        var decoder = ScenarioDecoder(vocabulary: vocabulary, problems: problems)
        let scenario = value.flatMap { decoder.scenario($0) }
        let all = (found + problems.problems).sorted {
            ($0.line, $0.column) < ($1.line, $1.column)
        }
        let isGood = !all.contains { $0.severity == .error }
        return Result(
            scenario: isGood ? scenario : nil, places: decoder.places, namePlace: decoder.namePlace,
            problems: all)
    }

    init(vocabulary: ScenarioVocabulary, problems: ProblemList) {
        self.vocabulary = vocabulary
        self.problems = problems
    }

    private mutating func scenario(_ value: LocatedJSON) -> Scenario? {
        guard let fields = FieldReader(value, as: ScenarioForm.scenario, problems) else { return nil }
        var scenario = Scenario(name: fields["name"].flatMap { name($0) } ?? "")
        namePlace = fields["name"]?.place ?? value.place
        scenario.description = fields["description"].flatMap { text($0) }
        if let value = fields["settings"] { scenario.settings = settings(value) }
        if let value = fields["states"] { states = self.states(value) }
        scenario.states = states
        guard let value = fields["stubs"] else { return scenario }
        var places: [String: TextPlace] = [:]
        var found: [(stub: Stub, place: TextPlace)] = []
        for value in list(value, "stubs", atLeast: 1) where !problems.isFull {
            guard let stub = stub(value) else { continue }
            if let first = places.updateValue(value.place, forKey: stub.name), !stub.name.isEmpty {
                problems.add(
                    value.place,
                    "two stubs are called \(Quoted.text(stub.name)), the first in line \(first.line)")
            }
            found.append((stub, value.place))
        }
        scenario.stubs = found.map(\.stub)
        self.places = found.map(\.place)
        // Of stubs that couldn't be read nothing is known.
        if problems.problems.isEmpty { ShadowSearch.warn(of: found, problems) }
        return scenario
    }

    private func settings(_ value: LocatedJSON) -> Scenario.Settings {
        var settings = Scenario.Settings()
        guard let fields = FieldReader(value, as: ScenarioForm.settings, problems) else { return settings }
        settings.strict = fields["strict"].flatMap { bool($0) }
        settings.streamInterval = fields["streamInterval"].flatMap { duration($0) }
        settings.runLength = fields["runLength"].flatMap { duration($0) }
        return settings
    }

    private func states(_ value: LocatedJSON) -> [Scenario.State] {
        let fields = map(value, "states")
        atMost(100, fields.count, value, "states")
        return fields.prefix(100).compactMap { field in
            let values = list(field.value, "a state’s values", atLeast: 1)
            let names = values.compactMap { name($0) }
            var known: Set<String> = []
            for value in values {
                if case .string(let name) = value.kind, !known.insert(name).inserted {
                    problems.add(value.place, "the value \(Quoted.text(name)) stands here twice")
                }
            }
            return Scenario.State(name: field.name, values: names)
        }
    }

    private func stub(_ value: LocatedJSON) -> Stub? {
        guard let fields = FieldReader(value, as: ScenarioForm.stub, problems) else { return nil }
        var stub = Stub(name: fields["name"].flatMap { name($0) } ?? "", replies: [])
        if let value = fields["when"] { stub.pattern = pattern(value) }
        if let value = fields["replies"] {
            let replies = list(value, "replies", atLeast: 1).map {
                (place: $0.place, reply: reply($0, for: stub.pattern))
            }
            stub.replies = replies.compactMap(\.reply)
            for (place, reply) in replies { restrict(&stub.pattern, to: reply?.content.endpoints, place) }
        }
        if let value = fields["repeat"] { stub.repeats = word(value) ?? .last }
        if let value = fields["required"] { stub.isRequired = bool(value) ?? false }
        return stub
    }

    /// Lets a stub match only what its replies can answer.
    ///
    /// - Parameter able: the endpoints that can give a reply; nil where all can.
    private func restrict(_ pattern: inout RequestPattern, to able: [String]?, _ place: TextPlace) {
        guard let able else { return }
        guard !pattern.endpoints.isEmpty else {
            pattern.endpoints = able
            return
        }
        guard pattern.endpoints.allSatisfy(able.contains) else {
            let others = pattern.endpoints.filter { !able.contains($0) }
            problems.add(
                place, "\(Quoted.choice(others)) can’t give this reply, only \(Quoted.choice(able)) can")
            return
        }
    }

    /// States and values that the file declares.
    func stateValues(_ value: LocatedJSON, _ what: String) -> [StateValue] {
        map(value, what).compactMap { field in
            guard let state = states.first(where: { $0.name == field.name }) else {
                problems.add(
                    field.place, "there is no state \(Quoted.text(field.name)) in “states”",
                    suggestion: Suggestion.nearest(to: field.name, among: states.map(\.name)))
                return nil
            }
            return word(field.value, among: state.values).map { StateValue(state: field.name, value: $0) }
        }
    }
}
