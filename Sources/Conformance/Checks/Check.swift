// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One thing by which a client is judged.
package struct Check: Sendable {
    /// Its own within the case, and for good: files of known failures have it.
    package let name: String
    package let severity: Severity
    /// Why it is asked; nil where the case's title tells.
    let because: String?
    let rule: any CheckRule

    func result(_ evidence: Evidence) -> CheckResult {
        CheckResult(
            name: name, severity: severity, because: because, expected: rule.expected,
            outcome: rule.judge(evidence))
    }
}

/// What a check asks, by the keyword that it has in a case's file.
protocol CheckRule: Sendable {
    /// The name in a check's map whose value makes it of this kind.
    static var keyword: String { get }
    /// What else may stand beside the keyword.
    static var parameters: [String] { get }

    /// - Parameter value: of the keyword.
    /// - Returns: nil where something is wrong, which is told.
    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder)

    /// What is asked, for people.
    var expected: String { get }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome
}

/// What a client is judged by.
struct Evidence: Sendable {
    let log: WireLog
    let outcome: ClientOutcome
    let address: CaseAddress
    /// The end of what the client has printed.
    var output = ""

    /// What comes of a check whose requests weren't sent: a client that wasn't driven has shown nothing.
    ///
    /// - Parameters:
    ///   - missing: as part of a sentence.
    ///   - exchange: that which shows it.
    func lacks(_ missing: String, exchange: Int? = nil) -> CheckResult.Outcome {
        if case .notDriven = outcome { return .notObserved(why: "\(missing) was sent") }
        return .failed(got: missing, exchange: exchange)
    }
}

/// What came of a check.
public struct CheckResult: Sendable, Equatable {
    public let name: String
    public let severity: Severity
    public let because: String?
    /// What was asked, for people.
    public let expected: String
    public let outcome: Outcome

    public enum Outcome: Sendable, Equatable {
        /// - Parameter got: what was seen.
        case passed(got: String)
        /// - Parameters:
        ///   - got: what was seen.
        ///   - exchange: the number of the exchange in the wire log that shows it, from 0; nil where it is none in particular.
        case failed(got: String, exchange: Int?)
        /// - Parameter why: why it can't be told.
        case notObserved(why: String)
    }

    public var isFailed: Bool { if case .failed = outcome { true } else { false } }
    public var isPassed: Bool { if case .passed = outcome { true } else { false } }

    public init(
        name: String, severity: Severity, because: String? = nil, expected: String, outcome: Outcome
    ) {
        (self.name, self.severity, self.because) = (name, severity, because)
        (self.expected, self.outcome) = (expected, outcome)
    }
}
