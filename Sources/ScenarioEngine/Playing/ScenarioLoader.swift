// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Reads the scenario files that are checked, or played together.
public struct ScenarioLoader: Sendable {
    /// What was read, and what is wrong with it.
    public struct Outcome: Sendable {
        /// Nil where there is an error.
        public fileprivate(set) var repertoire: Repertoire?
        /// Of all files, each file's in its order; warnings too.
        public fileprivate(set) var problems: [ScenarioProblem] = []
        /// Files and folders that couldn't be read, and why.
        public fileprivate(set) var unreadable: [(path: String, reason: String)] = []
        /// How many files were read.
        public fileprivate(set) var fileCount = 0

        /// Whether a file can't be used; warnings alone don't count.
        public var hasErrors: Bool { problems.contains { $0.severity == .error } }

        /// All that is wrong, warnings too.
        public var all: ScenarioProblems {
            ScenarioProblems(problems, others: unreadable.map { "\($0.path): \($0.reason)" })
        }
    }

    /// What is known while files are read.
    private struct Reading {
        var outcome = Outcome()
        /// Where the scenario of a name is, `file:line`.
        var places: [String: String] = [:]
        /// The files that were read, as the system tells them apart.
        var files: Set<[UInt64]> = []
    }

    private let sources: [MockScenario]
    private let library: [MockScenario]
    private let vocabulary: ScenarioVocabulary
    private let limits = DocumentLimits()

    /// - Parameters:
    ///   - sources: in the order in which their stubs are tried.
    ///   - library: played only where they are asked for. Files that are among `sources` too aren't read twice.
    public init(
        _ sources: [MockScenario], library: [MockScenario] = [], vocabulary: ScenarioVocabulary
    ) {
        self.sources = sources
        self.library = library
        self.vocabulary = vocabulary
    }

    public func load() -> Outcome {
        var reading = Reading()
        let played = scenarios(of: sources, &reading) { _ in false }
        let known = reading.files
        let library = scenarios(of: library, &reading) { known.contains($0) }
        var outcome = reading.outcome
        if !outcome.hasErrors, outcome.unreadable.isEmpty {
            outcome.repertoire = Repertoire(played, library: library)
        }
        return outcome
    }

    private func scenarios(
        of sources: [MockScenario], _ reading: inout Reading, isLeftOut: ([UInt64]) -> Bool
    ) -> [LoadedScenario] {
        var scenarios: [LoadedScenario] = []
        for source in sources {
            switch source.source {
            case .path(let path): scenarios += self.scenarios(at: path, &reading, isLeftOut)
            case .built(let value, let file):
                let result = ScenarioDecoder.decode(value, file: file, vocabulary: vocabulary, limits: limits)
                scenarios += take(result, file, size: 0, &reading)
            case .text(let bytes, let file): scenarios += scenario(bytes, file, &reading)
            }
        }
        return scenarios
    }

    private func scenario(_ bytes: [UInt8], _ file: String, _ reading: inout Reading) -> [LoadedScenario] {
        reading.outcome.fileCount += 1
        let result = ScenarioDecoder.decode(bytes, file: file, vocabulary: vocabulary, limits: limits)
        return take(result, file, size: bytes.count, &reading)
    }

    private func scenarios(
        at path: String, _ reading: inout Reading, _ isLeftOut: ([UInt64]) -> Bool
    ) -> [LoadedScenario] {
        var scenarios: [LoadedScenario] = []
        do throws(ScenarioFolder.Failure) {
            for file in try ScenarioFolder.files(at: path) {
                if let identity = ScenarioFolder.identity(of: file) {
                    if isLeftOut(identity) { continue }
                    reading.files.insert(identity)
                }
                let bytes = try ScenarioFolder.bytes(of: file, limit: limits.bytes)
                scenarios += scenario(bytes, file, &reading)
            }
        } catch {
            reading.outcome.unreadable.append((path, error.reason))
        }
        return scenarios
    }

    private func take(
        _ result: ScenarioDecoder.Result, _ file: String, size: Int, _ reading: inout Reading
    ) -> [LoadedScenario] {
        reading.outcome.problems += result.problems
        guard let scenario = result.scenario else { return [] }
        let place = "\(file):\(result.namePlace.line)"
        if let first = reading.places[scenario.name] {
            reading.outcome.problems.append(
                ScenarioProblem(
                    file: file, at: result.namePlace,
                    "two scenarios are called \(Quoted.text(scenario.name)), the first in \(first)"))
        } else {
            reading.places[scenario.name] = place
        }
        let places = result.places.map { "\(file):\($0.line)" }
        return [LoadedScenario(scenario: scenario, places: places, file: file, size: size)]
    }

    /// What changes whenever a file does, or comes, or goes: cheaper to compare than the files.
    public var stamp: Stamp {
        let files = (sources + library).flatMap { source -> [String] in
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
