// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension CaseResult {
    /// What is said of a client that nobody drives, by what has passed on the wire alone.
    public init(undriven conformanceCase: ConformanceCase, _ log: WireLog, at address: CaseAddress) {
        let evidence = Evidence(log: log, outcome: .notDriven, address: address)
        let times = log.exchanges.map(\.end)
        let time = (times.max() ?? .zero) - (log.exchanges.first?.request.at ?? .zero)
        self.init(conformanceCase, evidence, time: time)
    }

    /// What is said of a client that was put a case.
    init(_ conformanceCase: ConformanceCase, _ evidence: Evidence, time: Duration) {
        let checks: [CheckResult]
        switch evidence.outcome {
        case .unsupported, .notJudgeable: checks = []
        case .notDriven where evidence.log.exchanges.isEmpty: checks = []
        case .finished, .notDriven, .silent, .died:
            checks =
                [CaseResult.ending(conformanceCase, evidence.outcome)].compactMap(\.self)
                + conformanceCase.checks.map { $0.result(evidence) }
        }
        self.init(
            conformanceCase, outcome: evidence.outcome, checks: checks, log: evidence.log, time: time,
            output: evidence.output)
    }

    /// - Parameters:
    ///   - outcome: what became of the client.
    ///   - checks: what came of them; empty where none could be made.
    ///   - output: the end of what the client has printed.
    init(
        _ conformanceCase: ConformanceCase, outcome: ClientOutcome, checks: [CheckResult], log: WireLog,
        time: Duration, output: String = ""
    ) {
        let (verdict, reason) = CaseResult.verdict(conformanceCase, outcome, checks, log)
        self.init(
            id: conformanceCase.id, title: conformanceCase.title, severity: conformanceCase.severity,
            source: conformanceCase.source, why: conformanceCase.why, isTimed: conformanceCase.isTimed,
            mark: conformanceCase.mark, verdict: verdict, reason: reason, checks: checks, wire: log.exchanges,
            time: time, output: output)
    }

    /// The name of the check that every case has besides its own.
    static let endingCheck = "ends"

    /// That a client comes to an end is asked in every case.
    private static func ending(_ conformanceCase: ConformanceCase, _ outcome: ClientOutcome) -> CheckResult? {
        let got: String
        switch outcome {
        case .silent: got = "it was still at it when its time was over"
        case .died(let how): got = how
        case .finished, .notDriven, .unsupported, .notJudgeable: return nil
        }
        return CheckResult(
            name: endingCheck, severity: max(conformanceCase.severity, .should),
            expected:
                "the client ends by itself within \(TimeText.text(conformanceCase.budget)), with a result",
            outcome: .failed(got: got, exchange: nil))
    }

    private static func verdict(
        _ conformanceCase: ConformanceCase, _ outcome: ClientOutcome, _ checks: [CheckResult], _ log: WireLog
    ) -> (Verdict, String?) {
        switch outcome {
        case .unsupported(let why): return (.unsupported, why)
        case .notJudgeable(let why): return (.harnessError, why)
        case .finished, .notDriven, .silent, .died: break
        }
        if outcome == .notDriven, log.exchanges.isEmpty { return (.notObserved, "nobody has asked for it") }
        if log.isIncomplete { return (.harnessError, "the wire log isn’t whole") }
        if conformanceCase.severity == .info { return (.info, nil) }
        switch checks.filter(\.isFailed).map(\.severity).max() {
        case .must: return (.fail, nil)
        case .should: return (.nonStrict, nil)
        // What nobody needs to do doesn't speak against who has done what is needed.
        case .may, .info: if conformanceCase.severity < .should { return (.info, nil) }
        case nil: break
        }
        let unseen = checks.compactMap { check in
            if case .notObserved(let why) = check.outcome { "\(check.name): \(why)" } else { nil }
        }
        // What is seen is right; that is no pass as long as something isn't seen.
        return unseen.isEmpty ? (.pass, nil) : (.notObserved, unseen.joined(separator: "; "))
    }
}
