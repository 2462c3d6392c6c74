// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What brings a case to the client under test, and its word back.
///
/// Cases come at the same time, each on a thread that may wait. It never waits for longer than the job's time.
public protocol ClientDriver: Sendable {
    func perform(_ job: CaseJob) -> ClientReport
}

/// A case to be put to a client.
public struct CaseJob: Sendable {
    public let conformanceCase: ConformanceCase
    public let address: CaseAddress
    /// An empty folder for what is written, beside the case's files.
    public let folder: String
    /// Where the case's files are, by the names that the case gives them.
    public let paths: [String: String]
    /// How long the client may take.
    public let time: Duration

    public init(
        _ conformanceCase: ConformanceCase, at address: CaseAddress, folder: String, paths: [String: String],
        time: Duration
    ) {
        (self.conformanceCase, self.address) = (conformanceCase, address)
        (self.folder, self.paths, self.time) = (folder, paths, time)
    }

    /// What the client is to do, by the protocol: `{"case": …, "steps": […]}`.
    public var task: JSON {
        .object([
            JSON.Member("case", .string(conformanceCase.id.description)),
            JSON.Member("steps", .array(conformanceCase.steps.map { $0.json(paths: paths) })),
        ])
    }
}

/// What became of a client that was put a case.
public enum ClientOutcome: Sendable, Equatable {
    /// Its results, one for each step that it came to.
    case finished([JSON])
    /// It says that it can't do such a thing.
    case unsupported(String)
    /// Nobody has asked it to do anything, or can tell what it made of it: there is the wire alone.
    case notDriven
    /// It hadn't ended when its time was over.
    case silent
    /// It ended without a result: how.
    case died(String)
    /// The judge couldn't put the case to it, or can't read its word: why.
    case notJudgeable(String)
}

/// A client's word.
public struct ClientReport: Sendable, Equatable {
    public let outcome: ClientOutcome
    /// The end of what it has printed, for people.
    public let output: String

    public init(_ outcome: ClientOutcome, output: String = "") {
        (self.outcome, self.output) = (outcome, output)
    }
}
