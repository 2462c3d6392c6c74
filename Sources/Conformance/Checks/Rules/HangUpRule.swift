// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// That a client closes the connection while the answer still goes on: `hangUp: {max: 1s}`, counted from the answer's write
/// `after` (from 1), or from its beginning.
struct HangUpRule: CheckRule {
    static let keyword = "hangUp"
    static let parameters = ["of", "after"]

    private let most: Duration
    private let write: Int?
    private let selector: RequestSelector

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        let problems = decoder.problems
        guard let range = CaseFields(value, as: CaseForm.range, problems),
            let most = range["max"].flatMap({ problems.duration($0) })
        else { return nil }
        self.most = most
        write = fields["after"].flatMap { problems.count($0) }
        selector = RequestSelector(of: fields, decoder)
    }

    var expected: String {
        let start = write.map { "its write \($0)" } ?? "its beginning"
        return "the client closes the connection at most \(TimeText.text(most)) behind \(start)"
    }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        guard let (number, exchange) = selector.chosen(from: evidence.log).last, let answer = exchange.answer
        else {
            return evidence.lacks("no such request")
        }
        guard answer.ending == .clientLeft, let ended = answer.ended else {
            let ending = answer.ending.map { "the answer’s end was “\($0.rawValue)”" }
            return .failed(got: ending ?? "the connection stayed open", exchange: number)
        }
        let writes = answer.writes
        let start = write.flatMap { writes.count >= $0 && $0 > 0 ? writes[$0 - 1].at : nil } ?? answer.at
        let time = ended - start
        let got = "closed after \(TimeText.text(time))"
        return time <= most ? .passed(got: got) : .failed(got: got, exchange: number)
    }
}
