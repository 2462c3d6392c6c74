// SPDX-License-Identifier: Apache-2.0

/// Reads the scenario files that are checked, or played together.
public struct ScenarioLoader: Sendable {
    /// What was read, and what is wrong with it.
    public struct Outcome: Sendable {
        /// Nil where there is an error.
        public fileprivate(set) var set: ScenarioSet?
        /// Of all files, each file's in its order; warnings too.
        public fileprivate(set) var problems: [ScenarioProblem] = []
        /// Files and folders that couldn't be read, and why.
        public fileprivate(set) var unreadable: [(path: String, reason: String)] = []
        /// How many files were read.
        public fileprivate(set) var fileCount = 0

        /// Whether a file can't be used; warnings alone don't count.
        public var hasErrors: Bool { problems.contains { $0.severity == .error } }
    }

    private let sources: [MockScenario]
    private let vocabulary: ScenarioVocabulary
    private let limits = DocumentLimits()

    /// - Parameter sources: in the order in which their stubs are tried.
    public init(_ sources: [MockScenario], vocabulary: ScenarioVocabulary) {
        self.sources = sources
        self.vocabulary = vocabulary
    }

    public func load() -> Outcome {
        var outcome = Outcome()
        var scenarios: [LoadedScenario] = []
        for source in sources {
            switch source.source {
            case .path(let path): scenarios += self.scenarios(at: path, &outcome)
            case .built(let value, let file):
                let result = ScenarioDecoder.decode(value, file: file, vocabulary: vocabulary, limits: limits)
                scenarios += take(result, file, &outcome)
            }
        }
        if !outcome.hasErrors, outcome.unreadable.isEmpty { outcome.set = ScenarioSet(scenarios) }
        return outcome
    }

    private func scenarios(at path: String, _ outcome: inout Outcome) -> [LoadedScenario] {
        var scenarios: [LoadedScenario] = []
        do throws(ScenarioFolder.Failure) {
            for file in try ScenarioFolder.files(at: path) {
                let bytes = try ScenarioFolder.bytes(of: file, limit: limits.bytes)
                outcome.fileCount += 1
                let result = ScenarioDecoder.decode(bytes, file: file, vocabulary: vocabulary, limits: limits)
                scenarios += take(result, file, &outcome)
            }
        } catch {
            outcome.unreadable.append((path, error.reason))
        }
        return scenarios
    }

    private func take(
        _ result: ScenarioDecoder.Result, _ file: String, _ outcome: inout Outcome
    ) -> [LoadedScenario] {
        outcome.problems += result.problems
        guard let scenario = result.scenario else { return [] }
        return [LoadedScenario(scenario: scenario, places: result.places.map { "\(file):\($0.line)" })]
    }

    /// What changes whenever a file does, or comes, or goes: cheaper to compare than the files.
    public var stamp: Stamp {
        let files = sources.flatMap { source -> [String] in
            guard case .path(let path) = source.source else { return [] }
            return (try? ScenarioFolder.files(at: path)) ?? [path]
        }
        return Stamp(files: files.map { Stamp.File(name: $0, stamp: ScenarioFolder.stamp(of: $0)) })
    }

    public struct Stamp: Sendable, Equatable {
        fileprivate struct File: Sendable, Equatable {
            let name: String
            let stamp: [Int64]?
        }

        fileprivate let files: [File]
    }
}
