// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// That the API key is nowhere but in the header field that is made for it: `keyIsHidden: true`. Not in an address, a
/// body, the client's output or what it tells.
struct HiddenKeyRule: CheckRule {
    static let keyword = "keyIsHidden"
    static let parameters: [String] = []

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        guard decoder.problems.bool(value) == true else { return nil }
    }

    var expected: String { "the API key stands in x-goog-api-key and nowhere else" }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        for (number, exchange) in evidence.log.exchanges.enumerated() {
            if let place = place(exchange.request, evidence.address.key) {
                return .failed(got: "it stands in \(place)", exchange: number)
            }
        }
        if case .finished(let results) = evidence.outcome {
            let told = results.map { String(decoding: $0.bytes(.compact), as: UTF8.self) }
            if told.contains(where: { $0.containsText(evidence.address.key) }) {
                return .failed(got: "it stands in what the client tells", exchange: nil)
            }
        }
        if evidence.output.containsText(evidence.address.key) {
            return .failed(got: "it stands in what the client prints", exchange: nil)
        }
        return evidence.log.exchanges.isEmpty
            ? .notObserved(why: "nothing was sent") : .passed(got: "nowhere else")
    }

    /// The log may have it masked.
    private func place(_ request: WireExchange.Request, _ key: String) -> String? {
        let target = RequestTarget(request.target)
        if target.queryValue("key") != nil || request.target.containsText(key) { return "the address" }
        for field in request.fields where field.name.lowercased() != "x-goog-api-key" {
            if field.value.containsText(key) || field.value.containsText("REDACTED") {
                return "the field \(field.name)"
            }
        }
        let body = String(decoding: request.body, as: UTF8.self)
        return body.containsText(key) ? "the body" : nil
    }
}
