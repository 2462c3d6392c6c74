// SPDX-License-Identifier: Apache-2.0

/// The results of a suite's cases.
struct CaseGroup {
    /// What the ids begin with.
    let name: String
    var cases: [CaseResult]

    /// In the order in which suites and cases come.
    static func groups(of results: [CaseResult]) -> [CaseGroup] {
        results.reduce(into: []) { groups, result in
            if groups.last?.name == result.id.suite {
                groups[groups.count - 1].cases.append(result)
            } else {
                groups.append(CaseGroup(name: result.id.suite, cases: [result]))
            }
        }
    }
}

/// Reports of several clients, case by case.
struct CaseMatrix {
    struct Row {
        /// What is asked, by the first report that has it.
        let asked: CaseResult
        /// In the order of the reports; nil for one that hasn't been asked.
        let results: [CaseResult?]

        var id: CaseID { asked.id }

        /// Whether any client has it against it.
        var isBad: Bool { results.contains { $0?.verdict.isBad == true } }
    }

    let reports: [RunReport]
    /// In the order of the first report, then what later ones have besides.
    let rows: [Row]

    init(_ reports: [RunReport]) {
        self.reports = reports
        let byID = reports.map { report in
            Dictionary(report.cases.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
        var seen: Set<CaseID> = []
        let asked = reports.flatMap(\.cases).filter { seen.insert($0.id).inserted }
        let rows = asked.map { found in Row(asked: found, results: byID.map { $0[found.id] }) }
        // Suites stay together, each where its first case stands.
        var suites: [String] = []
        for row in rows where !suites.contains(row.id.suite) { suites.append(row.id.suite) }
        self.rows = suites.flatMap { suite in rows.filter { $0.id.suite == suite } }
    }
}
