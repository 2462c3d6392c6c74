// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Requests that come one behind the other, others between them or not: `order: [{call: uploadFile}, {call: getFile}]`.
struct OrderRule: CheckRule {
    static let keyword = "order"
    static let parameters: [String] = []

    private let selectors: [RequestSelector]

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        selectors = decoder.problems.list(value).compactMap { RequestSelector($0, decoder) }
        if selectors.count < 2 { decoder.problems.add(value, "an order has two requests at least") }
    }

    var expected: String { selectors.map(\.text).joined(separator: ", then ") }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        var rest = selectors[...]
        var last: Int?
        for (number, exchange) in evidence.log.exchanges.enumerated() {
            guard let wanted = rest.first else { break }
            if wanted.fits(exchange) {
                rest.removeFirst()
                last = number
            }
        }
        guard let missing = rest.first else { return .passed(got: "in that order") }
        if case .notDriven = evidence.outcome, last == nil {
            return .notObserved(why: "no such request was sent")
        }
        return .failed(got: "no \(missing.text) where it was to come", exchange: last)
    }
}
