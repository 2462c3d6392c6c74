// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The path of all requests that are chosen, as it stood on the request line: `path: "*/v1beta/*"`, with `*` and `?`.
struct PathRule: CheckRule {
    static let keyword = "path"
    static let parameters = ["of"]

    private let glob: WireGlob
    private let selector: RequestSelector

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        guard let text = decoder.problems.text(value) else { return nil }
        glob = WireGlob(text)
        selector = RequestSelector(of: fields, decoder)
    }

    var expected: String { "the path of \(selector.text) is like \(glob.text)" }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        let chosen = selector.chosen(from: evidence.log)
        guard let last = chosen.last else { return evidence.lacks("no such request") }
        for (number, exchange) in chosen where !glob.matches(path(exchange)) {
            return .failed(got: ValueText.cut(path(exchange)), exchange: number)
        }
        return .passed(got: ValueText.cut(path(last.exchange)))
    }

    private func path(_ exchange: WireExchange) -> String {
        String(RequestTarget(exchange.request.target).path)
    }
}
