// SPDX-License-Identifier: Apache-2.0

/// What is said of a client for one case, with all that it was said by.
public struct CaseResult: Sendable, Equatable {
    public let id: CaseID
    /// Of the case; so are the next five.
    public let title: String
    public let severity: Severity
    public let source: String
    public let why: String?
    public let isTimed: Bool
    /// Bytes of the answers that the case is about; nil where there are none.
    public let mark: String?
    public let verdict: Verdict
    /// Why nothing could be judged; nil where the checks tell.
    public let reason: String?
    public let checks: [CheckResult]
    /// What has passed on the wire.
    public let wire: [WireExchange]
    /// How long the client took.
    public let time: Duration
    /// The end of what the client has printed.
    public let output: String
    /// What is known of this outcome; nil where nothing is.
    public var known: KnownOutcome?

    public init(
        id: CaseID, title: String, severity: Severity, source: String, why: String? = nil,
        isTimed: Bool = false, mark: String? = nil, verdict: Verdict, reason: String? = nil,
        checks: [CheckResult] = [], wire: [WireExchange] = [], time: Duration = .zero, output: String = "",
        known: KnownOutcome? = nil
    ) {
        (self.id, self.title, self.severity, self.source, self.why) = (id, title, severity, source, why)
        (self.isTimed, self.mark, self.verdict, self.reason) = (isTimed, mark, verdict, reason)
        (self.checks, self.wire, self.time, self.output, self.known) = (checks, wire, time, output, known)
    }

    /// The same with another verdict.
    func with(verdict: Verdict) -> CaseResult {
        CaseResult(
            id: id, title: title, severity: severity, source: source, why: why, isTimed: isTimed, mark: mark,
            verdict: verdict, reason: reason, checks: checks, wire: wire, time: time, output: output,
            known: known)
    }
}

/// What a file of known failures says of an outcome.
public enum KnownOutcome: Sendable, Equatable {
    /// It fails as it is known to: why.
    case failure(String)
    /// It is known to come out this way or that: why.
    case varying(String)
    /// It is said to fail, and doesn't: the file is out of date.
    case stale(String)
}
