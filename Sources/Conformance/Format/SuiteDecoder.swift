// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Reads a suite's file. It never stops at a problem: all of a file are told at once.
package struct SuiteDecoder {
    let problems: CaseProblemList

    /// - Parameter file: its name in problems.
    /// - Throws: all that is wrong with it, but for what the server is to do: that is a scenario, and read by who plays it.
    package static func decode(_ value: LocatedJSON, file: String) throws(CaseProblems) -> ConformanceSuite {
        let decoder = SuiteDecoder(problems: CaseProblemList(file: file))
        let suite = decoder.suite(value)
        try decoder.problems.end()
        return suite ?? ConformanceSuite(name: "", title: "", cases: [])
    }

    private func suite(_ value: LocatedJSON) -> ConformanceSuite? {
        guard let fields = CaseFields(value, as: CaseForm.suite, problems) else { return nil }
        let name = fields["suite"].flatMap { problems.text($0) } ?? ""
        let title = fields["title"].flatMap { problems.text($0) } ?? ""
        var known: [CaseID: LocatedJSON] = [:]
        var cases: [ConformanceCase] = []
        let values = fields["cases"].map { problems.list($0) } ?? []
        if let place = fields["cases"], case .list = place.kind, values.isEmpty {
            problems.add(place, "a suite has one case at least")
        }
        for value in values {
            guard let found = conformanceCase(value, in: name) else { continue }
            if let first = known.updateValue(value, forKey: found.id) {
                problems.add(value, "\(found.id) stands here twice, first in line \(first.place.line)")
            }
            cases.append(found)
        }
        return ConformanceSuite(name: name, title: title, cases: cases)
    }

    private func conformanceCase(_ value: LocatedJSON, in suite: String) -> ConformanceCase? {
        guard let fields = CaseFields(value, as: CaseForm.conformanceCase, problems) else { return nil }
        let severity: Severity? = fields["severity"].flatMap { problems.word($0) }
        let files = fields["files"].map { self.files($0) } ?? []
        let steps = fields["task"].map { self.steps($0, files) } ?? []
        let checks = fields["checks"].map { self.checks($0, severity ?? .must, steps: steps.count) } ?? []
        guard let place = fields["id"], let id = id(place, in: suite), let severity,
            let title = fields["title"].flatMap({ problems.text($0) }),
            let source = fields["source"].flatMap({ problems.text($0) }), let server = fields["server"]
        else { return nil }
        return ConformanceCase(
            id: id, title: title, severity: severity, source: source,
            why: fields["why"].flatMap { problems.text($0) },
            needs: fields["needs"].map { problems.texts($0) } ?? [],
            budget: fields["budget"].flatMap { budget($0) } ?? .seconds(10),
            isTimed: fields["timed"].flatMap { problems.bool($0) } ?? false,
            mark: fields["mark"].flatMap { problems.text($0) }, server: server, file: problems.file,
            files: files, steps: steps, checks: checks)
    }

    private func id(_ value: LocatedJSON, in suite: String) -> CaseID? {
        guard let text = problems.text(value) else { return nil }
        guard let id = CaseID(text), id.suite == suite else {
            problems.add(value, "an id is “\(suite)”, a dash and two digits or more, found “\(text)”")
            return nil
        }
        return id
    }

    /// In seconds: no case has more time, so no step can use more.
    private static let longestBudget = 3600.0

    private func budget(_ value: LocatedJSON) -> Duration? {
        guard let time = problems.duration(value) else { return nil }
        guard time >= .milliseconds(1), time <= .seconds(SuiteDecoder.longestBudget) else {
            problems.add(value, "a budget is 1ms to 60m, found \(value.found)")
            return nil
        }
        return time
    }

    /// Twice what the API takes, of all files of a case: they are made in a folder for temporary files.
    private static let mostFileBytes = 4 << 30

    private func files(_ value: LocatedJSON) -> [ConformanceCase.TaskFile] {
        guard case .map(let members) = value.kind else {
            problems.add(value, "files must be a map, found \(value.found)")
            return []
        }
        var left = SuiteDecoder.mostFileBytes
        return members.compactMap { member in
            guard let fields = CaseFields(member.value, as: CaseForm.file, problems),
                let place = fields["size"], let size = problems.size(place)
            else { return nil }
            guard size <= left else {
                problems.add(place, "the files of a case have 4GiB at most, found \(place.found)")
                return nil
            }
            left -= size
            let fileName = fields["name"].flatMap { problems.text($0) } ?? member.name
            if fileName.utf8.contains(UInt8(ascii: "/")) || fileName.utf8.contains(0) {
                problems.add(member.value, "a file’s name can have no slash in it")
            }
            let isSparse = fields["sparse"].flatMap { problems.bool($0) } ?? false
            let content = fields["content"].flatMap { problems.text($0) } ?? "0123456789abcdef"
            let shrinksTo = fields["shrinks"].flatMap { problems.size($0) }
            if let shrinksTo, let place = fields["shrinks"], shrinksTo > size {
                problems.add(place, "it shrinks to no more than its size, found \(place.found)")
            }
            return ConformanceCase.TaskFile(
                name: member.name, fileName: fileName, size: size,
                content: isSparse ? nil : Array(content.utf8), shrinksTo: shrinksTo)
        }
    }

    // MARK: Tasks

    private func steps(_ value: LocatedJSON, _ files: [ConformanceCase.TaskFile]) -> [TaskStep] {
        let values = problems.list(value)
        if values.isEmpty { problems.add(value, "a task has one step at least") }
        return values.enumerated().compactMap { index, value in step(value, at: index, files) }
    }

    private func step(_ value: LocatedJSON, at index: Int, _ files: [ConformanceCase.TaskFile]) -> TaskStep? {
        guard case .map(let members) = value.kind,
            let verb = members.first(where: { $0.name == "do" })
        else {
            problems.add(value, "a step is a map with “do”")
            return nil
        }
        guard let word: TaskVerb = problems.word(verb.value) else { return nil }
        var parameters: [JSON.Member] = []
        for member in members where member.name != "do" {
            if !word.parameters.contains(member.name) {
                problems.add(
                    at: member.place, "“\(word.rawValue)” has no “\(member.name)”",
                    suggestion: Suggestion.nearest(to: member.name, among: word.parameters))
            }
            check(member, at: index, files)
            parameters.append(JSON.Member(member.name, member.value.json))
        }
        if word.parameters.contains("model"), !parameters.contains(where: { $0.name == "model" }) {
            parameters.insert(JSON.Member("model", .string(SuiteDecoder.model)), at: 0)
        }
        return TaskStep(verb: word, parameters: parameters)
    }

    /// What names another thing must name one that is there.
    private func check(_ member: LocatedJSON.Field, at index: Int, _ files: [ConformanceCase.TaskFile]) {
        switch member.name {
        case "path", "inline":
            guard let name = problems.text(member.value) else { return }
            if files.contains(where: { $0.name == name }) { return }
            problems.add(
                member.value, "there is no file “\(name)” in “files”",
                suggestion: Suggestion.nearest(to: name, among: files.map(\.name)))
        case "file", "of", "previous":
            // A file may also be named as the API names it.
            if member.name == "file", case .string = member.value.kind { return }
            guard let step = problems.count(member.value) else { return }
            if step >= index {
                problems.add(member.value, "\(step) is no step before this one; the first has the number 0")
            }
        case "timeout":
            guard let seconds = problems.number(member.value) else { return }
            if seconds <= 0 || seconds > SuiteDecoder.longestBudget {
                problems.add(
                    member.value, "a timeout is over 0 and at most 3600 seconds, found \(member.value.found)")
            }
        default: break
        }
    }

    /// What is asked where a case doesn't say which model.
    private static let model = "gemini-3.5-flash"
}
