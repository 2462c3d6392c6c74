// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// How long a client waits between the answer to one of the chosen requests and the next of them:
/// `wait: {min: 3s, max: 20s}`, and `grows: true` where each wait is to be longer than the one before.
struct WaitRule: CheckRule {
    static let keyword = "wait"
    static let parameters = ["of", "grows"]

    private let least: Duration
    private let most: Duration?
    private let grows: Bool
    private let selector: RequestSelector

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        let problems = decoder.problems
        guard let range = CaseFields(value, as: CaseForm.range, problems) else { return nil }
        least = range["min"].flatMap { problems.duration($0) } ?? .zero
        most = range["max"].flatMap { problems.duration($0) }
        grows = fields["grows"].flatMap { problems.bool($0) } ?? false
        selector = RequestSelector(of: fields, decoder)
    }

    var expected: String {
        var words = ["between \(selector.text)"]
        if least > .zero { words.append("at least \(TimeText.text(least))") }
        if let most { words.append("at most \(TimeText.text(most))") }
        if grows { words.append("each wait longer than the one before") }
        return words.joined(separator: ", ")
    }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        let chosen = selector.chosen(from: evidence.log)
        guard chosen.count > 1 else {
            return evidence.lacks("no second request", exchange: chosen.last?.number)
        }
        var before: Duration?
        var seen: [String] = []
        for ((_, one), (number, next)) in zip(chosen, chosen.dropFirst()) {
            // A client can't know of an answer before it was begun, nor go on before it was over.
            let longest = next.request.at - (one.answer?.at ?? one.request.whole)
            let shortest = next.request.at - one.end
            seen.append(TimeText.text(longest))
            let isRight =
                longest >= least && most.map { shortest <= $0 } ?? true
                && (!grows || before.map { longest > $0 } ?? true)
            guard isRight else { return .failed(got: seen.joined(separator: ", "), exchange: number) }
            before = longest
        }
        return .passed(got: seen.joined(separator: ", "))
    }
}
