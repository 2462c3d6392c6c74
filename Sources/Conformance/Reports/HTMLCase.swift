// SPDX-License-Identifier: Apache-2.0

/// What came of one case with one client: its checks, and what has passed on the wire.
struct HTMLCase {
    private let result: CaseResult
    private let report: RunReport
    private let number: Int
    private let before: CaseID?
    private let after: CaseID?
    private static let mostExchanges = 40

    /// - Parameters:
    ///   - number: of the client, from 0.
    ///   - before: the case to which “previous” leads.
    ///   - after: that to which “next” leads.
    init(_ result: CaseResult, of report: RunReport, number: Int, before: CaseID?, after: CaseID?) {
        (self.result, self.report, self.number) = (result, report, number)
        (self.before, self.after) = (before, after)
    }

    func add(to page: inout HTMLText) {
        let anchor = HTMLReport.anchor(number, result.id)
        page.add("<article id=\"\(anchor)\" aria-labelledby=\"\(anchor)-head\">\n<nav>")
        page.element("a", "All cases", "href=\"#row-\(result.id)\"")
        if let before { page.element("a", "← \(before)", "href=\"#\(HTMLReport.anchor(number, before))\"") }
        if let after { page.element("a", "\(after) →", "href=\"#\(HTMLReport.anchor(number, after))\"") }
        page.add("</nav>\n")
        page.element("h2", "\(result.id): \(result.title)", "id=\"\(anchor)-head\"")
        page.add("<p>")
        page.element(
            "span", "\(result.verdict.mark) \(result.verdict.rawValue)",
            "class=\"verdict \(result.verdict.style)\"")
        page.add(" \(MarkupText.escaped("\(report.client.title), \(TimeText.text(result.time))"))</p>\n")
        facts(to: &page)
        checks(to: &page)
        wire(to: &page)
        if !result.output.isEmpty {
            page.element("h3", "What the client printed")
            page.element("pre", String(result.output.suffix(4000)))
            page.add("\n")
        }
        page.add("</article>\n")
    }

    private func facts(to page: inout HTMLText) {
        page.add("<dl>")
        var facts = [("Severity", result.severity.rawValue), ("Source", result.source)]
        if let why = result.why { facts.append(("Why it is asked", why)) }
        if let reason = result.reason { facts.append(("Reason", reason)) }
        if let known = result.known { facts.append((known.word.capitalizedFirst, known.reason)) }
        if result.isTimed { facts.append(("Timed", "the outcome hangs on how fast machine and client are")) }
        for (name, value) in facts {
            page.element("dt", name)
            page.element("dd", value)
        }
        page.add("</dl>\n")
    }

    private func checks(to page: inout HTMLText) {
        guard !result.checks.isEmpty else { return }
        page.element("h3", "Checks")
        page.add("<div class=\"wide\"><table class=\"checks\">\n<thead><tr>")
        for head in ["", "Check", "Severity", "Expected", "Got"] { page.element("th", head, "scope=\"col\"") }
        page.add("</tr></thead>\n<tbody>\n")
        for check in result.checks {
            let (mark, style, got) =
                switch check.outcome {
                case .passed(let got): ("✓ passed", "good", got)
                case .failed(let got, _): ("✗ failed", "bad", got)
                case .notObserved(let why): ("? not observed", "neutral", why)
                }
            page.add("<tr><td>")
            page.element("span", mark, "class=\"verdict \(style)\"")
            page.add("</td>")
            page.element("th", check.name, "scope=\"row\"")
            page.element("td", check.severity.rawValue)
            page.element("td", check.because.map { "\(check.expected): \($0)" } ?? check.expected)
            page.element("td", got, "class=\"got\"")
            page.add("</tr>\n")
        }
        page.add("</tbody></table></div>\n")
    }

    private func wire(to page: inout HTMLText) {
        guard !result.wire.isEmpty else { return }
        page.element("h3", "On the wire")
        page.element("p", "Times are in milliseconds since the case began. → the client sends, ← the server.")
        let failing = Set(
            result.checks.compactMap { check in
                if case .failed(_, let exchange?) = check.outcome { exchange } else { nil }
            })
        // A client that asks for ever has thousands.
        for (place, exchange) in result.wire.enumerated()
        where place < HTMLCase.mostExchanges || place == failing.min() {
            HTMLExchange(exchange, number: place + 1, mark: result.mark, isFailing: failing.contains(place))
                .add(to: &page)
        }
        let left = result.wire.count - HTMLCase.mostExchanges
        if left > 0 { page.element("p", "and \(left) exchanges more") }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
