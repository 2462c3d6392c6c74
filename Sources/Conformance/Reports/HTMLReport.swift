// SPDX-License-Identifier: Apache-2.0

/// Results of one or several clients as one page, with a matrix of clients and cases and the wire log of each behind it. It
/// loads nothing and runs no script: what is shown when is up to links alone, so it works from a disk, an attachment or a
/// page for build results.
public enum HTMLReport {
    public static func text(_ reports: [RunReport]) -> String {
        let matrix = CaseMatrix(reports)
        var page = HTMLText()
        page.add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        // Whatever should get past the escaping may do nothing, either.
        page.add(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>Conformance of Gemini clients</title>\n<style>\n\(HTMLStyle.text)</style>\n</head>\n<body>\n"
        )
        page.add("<main id=\"matrix\">\n")
        page.element("h1", "Conformance of Gemini clients")
        scores(reports, into: &page)
        legend(matrix, into: &page)
        if matrix.rows.contains(where: \.isBad) {
            page.add(
                "<p class=\"filter\"><label><input type=\"checkbox\" id=\"only-bad\"> "
                    + "only the cases that some client has against it</label></p>\n")
        }
        table(matrix, into: &page)
        page.add("</main>\n")
        for (number, report) in reports.enumerated() {
            for (place, result) in report.cases.enumerated() {
                let neighbours = [-1, 1].map { step in
                    let other = place + step
                    return report.cases.indices.contains(other) ? report.cases[other].id : nil
                }
                HTMLCase(result, of: report, number: number, before: neighbours[0], after: neighbours[1])
                    .add(to: &page)
            }
        }
        page.add("</body>\n</html>\n")
        return page.text
    }

    /// Where a result stands in the page. Ids of cases are letters and digits.
    static func anchor(_ client: Int, _ id: CaseID) -> String { "client-\(client + 1)-\(id)" }

    private static func scores(_ reports: [RunReport], into page: inout HTMLText) {
        page.add("<div class=\"wide\"><table class=\"scores\">\n<thead><tr>")
        for head in ["Client", "Driven as", "MUST", "SHOULD", "Standing", "All verdicts", "When", "Judge"] {
            page.element("th", head, "scope=\"col\"")
        }
        page.add("</tr></thead>\n<tbody>\n")
        for report in reports {
            page.add("<tr>")
            page.element("th", report.client.title, "scope=\"row\"")
            page.element("td", report.client.driver)
            page.element("td", report.score(of: .must).text)
            page.element("td", report.score(of: .should).text)
            page.element("td", report.standing.rawValue)
            let counts = report.counts.map { "\($0.count)\u{A0}\($0.verdict.rawValue)" }
            page.element("td", counts.joined(separator: ", "))
            let time = report.date.dropFirst(11).prefix(5)
            let seconds = "\((Int(TimeText.milliseconds(report.time)) + 999) / 1000)\u{A0}s"
            page.element("td", "\(report.date.prefix(10)) \(time)\u{A0}UTC, in\u{A0}\(seconds)")
            page.element("td", "gemini-mock \(report.judge)\(report.set.map { ", set \($0)" } ?? "")")
            page.add("</tr>\n")
        }
        page.add("</tbody></table></div>\n")
    }

    private static func legend(_ matrix: CaseMatrix, into page: inout HTMLText) {
        let used = Set(matrix.reports.flatMap(\.cases).map(\.verdict))
        page.add("<ul class=\"legend\">")
        for verdict in Verdict.allCases where used.contains(verdict) {
            page.add("<li>")
            page.element("span", "\(verdict.mark) \(verdict.rawValue)", "class=\"verdict \(verdict.style)\"")
            page.add(" \(MarkupText.escaped(verdict.meaning))</li>")
        }
        page.add("</ul>\n")
        page.element(
            "p",
            "Each verdict leads to its checks and its wire log. A MUST left out makes a client wrong; a SHOULD needs a good reason."
        )
    }

    private static func table(_ matrix: CaseMatrix, into page: inout HTMLText) {
        page.add("<div class=\"wide\"><table class=\"matrix\">\n<thead><tr>")
        page.element("th", "Case", "scope=\"col\"")
        for report in matrix.reports { page.element("th", report.client.title, "scope=\"col\"") }
        page.add("</tr></thead>\n")
        var suite = ""
        for row in matrix.rows {
            if row.id.suite != suite {
                if !suite.isEmpty { page.add("</tbody>\n") }
                suite = row.id.suite
                page.add("<tbody>\n")
            }
            add(row, to: &page)
        }
        page.add(suite.isEmpty ? "</table></div>\n" : "</tbody></table></div>\n")
    }

    private static func add(_ row: CaseMatrix.Row, to page: inout HTMLText) {
        page.add("<tr id=\"row-\(row.id)\"\(row.isBad ? "" : " class=\"clean\"")><th scope=\"row\">")
        page.element("span", row.id.description, "class=\"id\"")
        page.add(" ")
        page.element("span", row.asked.severity.rawValue, "class=\"severity\"")
        page.add("<br>")
        page.element("span", row.asked.title, "class=\"title\"")
        page.add("</th>")
        for (number, result) in row.results.enumerated() {
            guard let result else {
                page.element("td", "not asked", "class=\"absent\"")
                continue
            }
            page.add(
                "<td><a href=\"#\(anchor(number, result.id))\" class=\"verdict \(result.verdict.style)\">")
            page.add("\(result.verdict.mark)\u{A0}\(result.verdict.rawValue)</a>")
            if let known = result.known { page.element("span", known.word, "class=\"known\"") }
            page.add("</td>")
        }
        page.add("</tr>\n")
    }
}

/// HTML as it grows.
struct HTMLText {
    private(set) var text = ""

    /// - Parameter markup: as it is; nothing that comes from a client may be in it unless it is escaped.
    mutating func add(_ markup: String) { text += markup }

    /// - Parameter attributes: as they are.
    mutating func element(_ name: String, _ content: String, _ attributes: String = "") {
        text += attributes.isEmpty ? "<\(name)>" : "<\(name) \(attributes)>"
        text += "\(MarkupText.escaped(content))</\(name)>"
    }
}

extension Verdict {
    /// The class that a style goes with.
    var style: String {
        switch self {
        case .pass: "good"
        case .fail, .harnessError: "bad"
        case .nonStrict, .flaky: "doubtful"
        case .info, .unsupported, .notObserved: "neutral"
        }
    }
}

extension KnownOutcome {
    var word: String {
        switch self {
        case .failure: "known"
        case .varying: "known to vary"
        case .stale: "out of date"
        }
    }

    var reason: String {
        switch self {
        case .failure(let reason), .varying(let reason), .stale(let reason): reason
        }
    }
}
