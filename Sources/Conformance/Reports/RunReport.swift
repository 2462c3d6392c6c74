// SPDX-License-Identifier: Apache-2.0

/// What came of putting cases to a client.
public struct RunReport: Sendable, Equatable {
    public let client: ClientIdentity
    /// The version of the judge.
    public let judge: String
    /// When it began: `2026-11-21T14:35:00Z`.
    public let date: String
    /// The requirement set that was asked; nil where all cases were, or some were named.
    public let set: String?
    /// How long all of it took.
    public let time: Duration
    /// In the order of their ids within suites.
    public let cases: [CaseResult]

    public init(
        client: ClientIdentity, judge: String, date: String, set: String?, time: Duration, cases: [CaseResult]
    ) {
        (self.client, self.judge, self.date, self.set) = (client, judge, date, set)
        (self.time, self.cases) = (time, cases)
    }

    /// How many of the cases that apply are passed.
    public func score(of severity: Severity) -> Score {
        let applicable = cases.filter { $0.severity == severity && $0.verdict.isApplicable }
        return Score(passed: applicable.count { $0.verdict == .pass }, applicable: applicable.count)
    }

    public struct Score: Sendable, Equatable {
        public let passed: Int
        public let applicable: Int
    }

    /// How often each verdict was given; those that weren't are left out.
    public var counts: [(verdict: Verdict, count: Int)] {
        Verdict.allCases.compactMap { verdict in
            let count = cases.count { $0.verdict == verdict }
            return count > 0 ? (verdict, count) : nil
        }
    }

    /// The cases that speak against a client and aren't known, or whose entry in the known failures is out of date.
    public var unexpected: [CaseResult] {
        cases.filter { result in
            switch result.known {
            case .stale: true
            case .failure, .varying: false
            case nil: result.verdict.isBad
            }
        }
    }
}

/// Who was judged.
public struct ClientIdentity: Sendable, Equatable {
    public var name: String
    /// Nil where nobody has said it.
    public var version: String?
    /// How it was driven: `command`, `worker`, `passive`, `in process`.
    public var driver: String

    public init(name: String, version: String? = nil, driver: String) {
        (self.name, self.version, self.driver) = (name, version, driver)
    }
}
