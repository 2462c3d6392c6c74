// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// How long the client's last step took, by its own word: `time: {min: 1s, max: 5s}`; else from the case's begin to the end
/// of what passed on the wire.
struct TimeRule: CheckRule {
    static let keyword = "time"
    static let parameters: [String] = []

    private let least: Duration
    private let most: Duration?

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        guard let range = CaseFields(value, as: CaseForm.range, decoder.problems) else { return nil }
        least = range["min"].flatMap { decoder.problems.duration($0) } ?? .zero
        most = range["max"].flatMap { decoder.problems.duration($0) }
    }

    var expected: String {
        var words: [String] = []
        if least > .zero { words.append("at least \(TimeText.text(least))") }
        if let most { words.append("at most \(TimeText.text(most))") }
        return "from the first request to the last answer’s end \(words.joined(separator: ", "))"
    }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        guard let first = evidence.log.exchanges.first else {
            return .notObserved(why: "nothing was sent")
        }
        let end = evidence.log.exchanges.map(\.end).max() ?? .zero
        let time = end - first.request.at
        let isRight = time >= least && most.map { time <= $0 } ?? true
        let got = TimeText.text(time)
        return isRight ? .passed(got: got) : .failed(got: got, exchange: evidence.log.exchanges.count - 1)
    }
}
