// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What is played, changed while it is. Requests under way keep their answers; progress in what stays goes on.
extension ScenarioPlayer {
    /// What may be added while the player runs, all of it together: it comes from whoever can reach the server.
    enum Limit {
        static let scenarios = 1000
        static let stubs = 100_000
        /// Of the texts.
        static let bytes = 256 * 1024 * 1024
    }

    // MARK: - From files

    /// Plays something else from now on, from its beginning. What was added stays, goes on where it is, and comes before it;
    /// of two scenarios of one name the added one is played.
    public func play(_ files: Repertoire) {
        nextNumber.withLock { next in
            let before = repertoire
            let names = Set((before.played + before.shelf).filter(\.isAdded).map(\.scenario.name))
            let fresh = { (scenarios: [LoadedScenario]) in
                scenarios.filter { !names.contains($0.scenario.name) }.map { $0.numbered(nil) }
            }
            let repertoire = Repertoire(
                before.played.filter(\.isAdded) + fresh(files.played),
                library: before.shelf.filter(\.isAdded) + fresh(files.shelf), from: next, reusing: before)
            next = repertoire.nextNumber
            change { state in
                state.files = files
                state.install(repertoire)
            }
        }
    }

    /// Goes on with the same scenarios read anew, in which nothing but their places is other.
    public func goOn(with files: Repertoire) {
        nextNumber.withLock { _ in
            let before = repertoire
            let anew = Dictionary(
                (files.played + files.shelf).map { ($0.scenario.name, $0) },
                uniquingKeysWith: { first, _ in first })
            let again = { (loaded: LoadedScenario) in
                loaded.isAdded ? loaded : anew[loaded.scenario.name]?.numbered(loaded.number) ?? loaded
            }
            let repertoire = Repertoire(before.played.map(again), library: before.shelf.map(again))
            change { state in
                state.files = files
                state.install(repertoire)
            }
        }
    }

    /// What was read from files, before anything was added or removed.
    public var files: Repertoire { state.withLock { $0.files } }

    // MARK: - While it runs

    /// Adds scenarios, each of which replaces the one of its name. What is added last is tried first, and begins at its
    /// beginning; all others go on where they are. Files are read once, and not watched.
    ///
    /// - Returns: the names of what was loaded, and what is no mistake and hardly meant.
    /// - Throws: all that is wrong with them, or which limit they pass; then nothing is loaded.
    @discardableResult
    public func load(
        _ scenarios: [MockScenario], for audience: ScenarioAudience = .everybody,
        vocabulary: ScenarioVocabulary = .ofThisServer
    ) throws(ScenarioProblems) -> (names: [String], warnings: [ScenarioProblem]) {
        let outcome = ScenarioLoader(scenarios, vocabulary: vocabulary).load()
        guard let read = outcome.repertoire?.played else { throw outcome.all }
        let new = read.map { loaded in
            var loaded = loaded.numbered(nil)
            loaded.isAdded = true
            return loaded
        }
        try nextNumber.withLock { next throws(ScenarioProblems) in try add(new, for: audience, from: &next) }
        return (new.map(\.scenario.name), outcome.problems)
    }

    private func add(
        _ new: [LoadedScenario], for audience: ScenarioAudience, from next: inout Int
    ) throws(ScenarioProblems) {
        let before = repertoire
        let names = Set(new.map(\.scenario.name))
        let played = before.played.filter { !names.contains($0.scenario.name) }
        let shelf = before.shelf.filter { !names.contains($0.scenario.name) }
        try ScenarioPlayer.check((new + played + shelf).filter(\.isAdded))
        let repertoire =
            switch audience {
            case .everybody: Repertoire(new + played, library: shelf, from: next, reusing: before)
            case .library: Repertoire(played, library: new + shelf, from: next, reusing: before)
            }
        next = repertoire.nextNumber
        change { $0.install(repertoire) }
    }

    private static func check(_ added: [LoadedScenario]) throws(ScenarioProblems) {
        let sums: [(count: Int, most: Int, what: String)] = [
            (added.count, Limit.scenarios, "scenarios"),
            (added.reduce(0) { $0 + $1.stubs.count }, Limit.stubs, "stubs"),
            (added.reduce(0) { $0 + $1.size }, Limit.bytes, "bytes"),
        ]
        let passed = sums.filter { $0.count > $0.most }.map { sum in
            "there would be \(sum.count) \(sum.what) added while the server runs, the most is \(sum.most): "
                + "remove scenarios that aren’t needed"
        }
        if !passed.isEmpty { throw ScenarioProblems([], others: passed) }
    }

    /// Takes a scenario away, wherever it came from. One of a file comes back when the files have changed.
    ///
    /// - Returns: whether there was one of that name.
    @discardableResult
    public func remove(_ name: String) -> Bool {
        nextNumber.withLock { _ in
            let before = repertoire
            guard before.named[name] != nil else { return false }
            let isOther = { (loaded: LoadedScenario) in loaded.scenario.name != name }
            let repertoire = Repertoire(
                before.played.filter(isOther), library: before.shelf.filter(isOther), reusing: before)
            change { $0.install(repertoire) }
            return true
        }
    }

    /// All that are loaded, in the order in which their stubs are tried; those that are played for everybody first.
    public var scenarios: [ScenarioListing] {
        let repertoire = repertoire
        return repertoire.played.map { ScenarioListing($0, for: .everybody) }
            + repertoire.shelf.map { ScenarioListing($0, for: .library) }
    }
}

/// What there is to say of a scenario that is loaded.
public struct ScenarioListing: Sendable, Equatable {
    public let name: String
    /// The file, or what its text was called.
    public let source: String
    public let description: String?
    /// How many stubs it has.
    public let stubs: Int
    public let audience: ScenarioAudience
    /// Whether it came while the server ran.
    public let isAdded: Bool

    init(_ loaded: LoadedScenario, for audience: ScenarioAudience) {
        name = loaded.scenario.name
        source = loaded.file
        description = loaded.scenario.description
        stubs = loaded.stubs.count
        self.audience = audience
        isAdded = loaded.isAdded
    }
}

/// For whom a scenario is played.
public enum ScenarioAudience: String, Sendable, CaseIterable {
    /// For everybody, together with others.
    case everybody
    /// Alone, for whoever asks for it by its name.
    case library
}
