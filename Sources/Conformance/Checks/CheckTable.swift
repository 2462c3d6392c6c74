// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The kinds of checks that there are.
enum CheckTable {
    static let rules: [any CheckRule.Type] = [
        AlternativesRule.self, ValueRule<AnswerValue>.self, ValueRule<BodyValue>.self, HangUpRule.self,
        ValueRule<HeaderValue>.self, HiddenKeyRule.self, MembersRule.self, OrderRule.self, PathRule.self,
        ValueRule<QueryValue>.self, RequestsRule.self, ResultRule.self, SizeRule.self, TimeRule.self,
        WaitRule.self,
    ]

    static var keywords: [String] { rules.map { $0.keyword } }
}

extension SuiteDecoder {
    /// - Parameters:
    ///   - severity: the case's; a check may have its own.
    ///   - steps: how many the task has.
    func checks(_ value: LocatedJSON, _ severity: Severity, steps: Int) -> [Check] {
        let values = problems.list(value)
        if values.isEmpty { problems.add(value, "a case has one check at least") }
        var known: Set<String> = []
        return values.compactMap { value in
            guard let check = check(value, severity) else { return nil }
            if !known.insert(check.name).inserted {
                problems.add(value, "two checks of the case are called “\(check.name)”")
            }
            return check
        }
    }

    private func check(_ value: LocatedJSON, _ severity: Severity) -> Check? {
        guard case .map(let members) = value.kind else {
            problems.add(value, "a check must be a map, found \(value.found)")
            return nil
        }
        let found = CheckTable.rules.filter { rule in members.contains { $0.name == rule.keyword } }
        guard found.count == 1, let rule = found.first else {
            let keywords = CheckTable.keywords.joined(separator: ", ")
            problems.add(value, "a check has one of \(keywords); this one has \(found.count)")
            return nil
        }
        let more = [rule.keyword] + rule.parameters
        guard let fields = CaseFields(value, as: CaseForm.check, and: more, problems),
            let name = fields["name"].flatMap({ problems.text($0) }), let place = fields[rule.keyword],
            let made = rule.init(place, fields, self)
        else { return nil }
        return Check(
            name: name, severity: fields["severity"].flatMap { problems.word($0) } ?? severity,
            because: fields["because"].flatMap { problems.text($0) }, rule: made)
    }
}
