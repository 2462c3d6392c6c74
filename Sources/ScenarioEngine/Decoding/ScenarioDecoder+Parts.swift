// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Parts of scenario files that are given alone.
extension ScenarioDecoder {
    /// A `when` that is asked outside of scenarios.
    ///
    /// - Parameter document: what was read, with what is wrong already.
    static func condition(
        _ document: DocumentReader.Result, file: String, vocabulary: ScenarioVocabulary
    ) throws(ScenarioProblems) -> RequestPattern {
        try part(document, file: file, vocabulary: vocabulary) { decoder, value in
            decoder.pattern(decoder.timeless(value))
        }
    }

    /// An entry of `faults` that breaks whatever it strikes.
    ///
    /// - Parameter document: what was read, with what is wrong already.
    static func fault(
        _ document: DocumentReader.Result, file: String, vocabulary: ScenarioVocabulary
    ) throws(ScenarioProblems) -> FaultSetting {
        try part(document, file: file, vocabulary: vocabulary) { $0.fault($1) }
    }

    private static func part<Part>(
        _ document: DocumentReader.Result, file: String, vocabulary: ScenarioVocabulary,
        _ read: (ScenarioDecoder, LocatedJSON) -> Part?
    ) throws(ScenarioProblems) -> Part {
        let problems = ProblemList(file: file, limit: DocumentLimits().problems)
        let decoder = ScenarioDecoder(vocabulary: vocabulary, problems: problems)
        let part = document.value.flatMap { read(decoder, $0) }
        let all = (document.problems + problems.problems).sorted {
            ($0.line, $0.column) < ($1.line, $1.column)
        }
        guard let part, !all.contains(where: { $0.severity == .error }) else { throw ScenarioProblems(all) }
        return part
    }

    /// The fields of a `when` without those that ask what has happened before, which are told.
    private func timeless(_ value: LocatedJSON) -> LocatedJSON {
        guard case .map(let fields) = value.kind else { return value }
        let rest = fields.filter { field in
            guard ["call", "state"].contains(field.name) else { return true }
            problems.add(
                field.place, "“\(field.name)” goes with stubs only: nothing else remembers earlier requests")
            return false
        }
        return LocatedJSON(kind: .map(rest), place: value.place)
    }
}
