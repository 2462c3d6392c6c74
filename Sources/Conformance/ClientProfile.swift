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

    /// - Parameter file: its name in problems.
    package init(_ value: LocatedJSON, file: String) throws(CaseProblems) {
        let problems = CaseProblemList(file: file)
        self.init(command: [])
        if let fields = CaseFields(value, as: ClientProfile.form, problems) {
            name = fields["name"].flatMap { problems.text($0) }
            version = fields["version"].flatMap { problems.text($0) }
            command = fields["command"].map { problems.texts($0) } ?? []
            isWorker = fields["worker"].flatMap { problems.bool($0) } ?? false
            lacks = fields["lacks"].map { problems.texts($0) } ?? []
            jobs = fields["jobs"].flatMap { problems.count($0) }.map { min(max(1, $0), 256) }
            patience = fields["patience"].flatMap { problems.number($0) }.map { min(max(0.01, $0), 1000) }
            knownFailuresPath = fields["knownFailures"].flatMap { problems.text($0) }
        }
        try problems.end()
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
