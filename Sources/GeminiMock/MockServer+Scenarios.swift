// SPDX-License-Identifier: Apache-2.0

import ScenarioEngine

/// What a test steers while the server runs. All of it may be called at any time, on any thread.
extension MockServer {
    /// Adds scenarios, each of which replaces the one of its name. Their stubs are tried before those that are there. What
    /// is loaded begins at its beginning; all else goes on where it is, and requests under way keep their answers. Files
    /// are read once, and not watched.
    ///
    /// - Parameter audience: for whom they are played.
    /// - Returns: the names of what was loaded, and what is no mistake and hardly meant.
    /// - Throws: all that is wrong with them; then nothing is loaded.
    @discardableResult
    public func load(
        _ scenarios: [MockScenario], for audience: ScenarioAudience = .everybody
    ) throws(ScenarioProblems) -> (names: [String], warnings: [ScenarioProblem]) {
        try player.load(scenarios, for: audience)
    }

    /// Takes a scenario away, wherever it came from. One of a file comes back when the files have changed and are read again.
    ///
    /// - Returns: whether there was one of that name.
    @discardableResult
    public func removeScenario(_ name: String) -> Bool { player.remove(name) }

    /// All scenarios that are loaded, in the order in which their stubs are tried; those for everybody first.
    public var scenarios: [ScenarioListing] { player.scenarios }

    /// Forgets how far everybody has come in the scenarios: states, counts of calls, places in sequences, what was used,
    /// which of their faults have struck.
    public func resetProgress() { player.resetProgress() }

    /// Forgets how far one tenant has come in the scenarios; nothing where it isn't known.
    ///
    /// - Parameter tenant: its name, its API key, its project, or what the admin API shows of it.
    public func resetProgress(of tenant: String) {
        if let tenant = admin.tenant(named: tenant) { player.resetProgress(of: tenant.id) }
    }

    /// How far one tenant has come in what it plays; empty where it isn't known.
    ///
    /// - Parameter tenant: its name, its API key, its project, or what the admin API shows of it.
    public func progress(of tenant: String) -> [ScenarioProgress] {
        admin.tenant(named: tenant).map { player.progress(of: $0.id) } ?? []
    }

    /// Arms a fault for the next answers: it strikes each that fits, on top of what a stub breaks, until it has struck often
    /// enough. One that breaks streams waits for a stream, one of a step of an upload for that.
    ///
    /// - Parameters:
    ///   - pattern: which requests fit; nil for all.
    ///   - times: how many answers it is to strike; 1 unless it is told here or with the fault.
    /// - Throws: all that is wrong with it, and that 1,000 are armed.
    @discardableResult
    public func arm(
        _ fault: MockFault, when pattern: MockPattern? = nil, times: Int? = nil, file: String = #fileID,
        line: Int = #line
    ) throws(ScenarioProblems) -> ArmedFault {
        let condition = try pattern.map { pattern throws(ScenarioProblems) in
            try RequestCondition(pattern, file: file, line: line)
        }
        return try player.arm(fault, when: condition, times: times, file: file, line: line)
    }

    /// All faults that were armed, in that order, and how often each has struck.
    public var armedFaults: [ArmedFault] { player.armedFaults }

    /// - Parameter id: of an armed fault.
    /// - Returns: whether there was such a one.
    @discardableResult
    public func disarm(_ id: Int) -> Bool { player.disarm(id) }

    public func disarmAll() { player.disarmAll() }
}
