// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A client that can be judged: how it is started, what it can't do, what is known of it.
public struct ClientProfile: Sendable, Equatable {
    /// Nil where it is called by its command.
    public var name: String?
    public var version: String?
    /// The program, a path or a name to be looked up in `PATH`, and its arguments.
    public var command: [String]
    /// Whether it is put its cases on standard input.
    public var isWorker = false
    /// Features that cases need and it doesn't have.
    public var lacks: [String] = []
    /// How many cases it is put at a time; nil for as many as usual.
    public var jobs: Int?
    /// How many times a case's budget it gets; nil for one.
    public var patience: Double?
    public var known = KnownFailures()
    /// Where its known failures stand, as its file has it; nil where it names none.
    package var knownFailuresPath: String?

    public init(command: [String]) { self.command = command }

    static let form = MapForm(
        "a client", "client", required: ["command"],
        optional: ["name", "version", "worker", "lacks", "jobs", "patience", "knownFailures"])

    /// How many cases at a time there may be.
    package static let jobs = 1...256

    package static func allows(patience: Double) -> Bool { patience > 0 && patience <= 1000 }

    /// - Parameters:
    ///   - file: its name in problems.
    ///   - suites: those that there are: their cases' needs are what a client can lack.
    package init(_ value: LocatedJSON, file: String, of suites: [ConformanceSuite]) throws(CaseProblems) {
        let problems = CaseProblemList(file: file)
        self.init(command: [])
        if let fields = CaseFields(value, as: ClientProfile.form, problems) {
            name = fields["name"].flatMap { problems.text($0) }
            version = fields["version"].flatMap { problems.text($0) }
            command = fields["command"].map { problems.texts($0) } ?? []
            if let value = fields["command"], case .list(let words) = value.kind, words.isEmpty {
                problems.add(value, "a command is a program and its arguments, found an empty list")
            }
            isWorker = fields["worker"].flatMap { problems.bool($0) } ?? false
            lacks = fields["lacks"].map { ClientProfile.lacks($0, of: suites, problems) } ?? []
            jobs = fields["jobs"].flatMap { ClientProfile.jobs($0, problems) }
            patience = fields["patience"].flatMap { ClientProfile.patience($0, problems) }
            knownFailuresPath = fields["knownFailures"].flatMap { problems.text($0) }
        }
        try problems.end()
    }

    private static func lacks(
        _ value: LocatedJSON, of suites: [ConformanceSuite], _ problems: CaseProblemList
    ) -> [String] {
        let words: [LocatedJSON] = if case .list(let values) = value.kind { values } else { [value] }
        return words.compactMap { word in
            guard let text = problems.text(word) else { return nil }
            if let (problem, suggestion) = ClientFeature.problem(text, of: suites) {
                problems.add(word, problem, suggestion: suggestion)
            }
            return text
        }
    }

    private static func jobs(_ value: LocatedJSON, _ problems: CaseProblemList) -> Int? {
        guard case .int(let number) = value.kind, jobs.contains(number) else {
            problems.add(value, "jobs is a whole number from 1 to 256, found \(value.found)")
            return nil
        }
        return number
    }

    private static func patience(_ value: LocatedJSON, _ problems: CaseProblemList) -> Double? {
        guard let number = problems.number(value) else { return nil }
        guard allows(patience: number) else {
            problems.add(value, "patience is over 0 and at most 1000, found \(value.found)")
            return nil
        }
        return number
    }

    /// What puts cases to it.
    ///
    /// - Parameter environment: what it has besides what a case brings, each `NAME=VALUE`.
    public func driver(environment: [String]) -> any ClientDriver {
        isWorker
            ? WorkerDriver(command, environment: environment)
            : CommandDriver(command, environment: environment)
    }

    /// Who it is, in reports: its own word counts where its file has none.
    public func identity(as driver: any ClientDriver) -> ClientIdentity {
        let told = (driver as? WorkerDriver)?.client
        return ClientIdentity(
            name: name ?? told?.name ?? command.first ?? "", version: version ?? told?.version,
            driver: isWorker ? "worker" : "command")
    }
}
