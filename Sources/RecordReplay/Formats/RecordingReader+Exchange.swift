// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Requests and answers.
extension RecordingReader {
    static let requestForm = Form(
        title: "a request", names: ["method", "target", "headers", "body"], requiredCount: 2)
    static let answerForm = Form(
        title: "an answer", names: ["status", "headers", "framing", "ending", "at", "writes", "body"],
        requiredCount: 1)

    func request(_ at: Int) -> RecordedRequest? {
        guard let members = members(at, RecordingReader.requestForm), let first = members[0],
            let second = members[1]
        else { return nil }
        let (method, target) = (string(first, "“method”"), string(second, "“target”"))
        if let method, !HTTPFields.isToken(method) {
            add(first, "“method” must be a token (\(HTTPFields.tokenCharacters)), \(shown(method))")
        }
        if let target, !target.hasPrefix("/"), target != "*" {
            add(second, "a target begins with “/”: path and query, without scheme and host")
        }
        let fields = members[2].map(fields) ?? []
        let body = members[3].map { self.body($0).body } ?? RecordedBody([])
        guard let method, let target else { return nil }
        return RecordedRequest(method: method, target: target, fields: fields, body: body)
    }

    func answer(_ at: Int) -> RecordedAnswer? {
        guard let members = members(at, RecordingReader.answerForm), let first = members[0] else {
            return nil
        }
        let status = count(first, "“status”")
        if let status, !RecordedAnswer.statuses.contains(status) {
            // An interim answer (1xx) is none, and what follows a 101 is no HTTP.
            add(first, "“status” must be that of an answer, 200 to 599, found \(status)")
        }
        var answer = RecordedAnswer(status: status ?? 0, fields: members[1].map(fields) ?? [])
        if let framing = members[2] { answer.framing = choice(framing, "“framing”") ?? .length }
        if let ending = members[3] { answer.ending = choice(ending, "“ending”") ?? .complete }
        let read = members[6].map(body) ?? Body(body: RecordedBody([]), writes: [])
        answer.body = read.body
        answer.writes = read.writes
        let told = [members[4], members[5], read.writes.isEmpty ? nil : members[6]].compactMap { $0 }
        if told.count > 1 { add(told[1], "the times of the writes are told twice") }
        if let only = members[4], let time = time(only, "“at”") {
            answer.writes = [RecordedAnswer.Write(at: time, count: answer.body.length)]
        }
        if let list = members[5] { answer.writes = writes(list) }
        return status == nil ? nil : answer
    }

    private func choice<Choice: RawRepresentable & CaseIterable>(_ at: Int, _ title: String) -> Choice?
    where Choice.RawValue == String {
        guard let text = string(at, title) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let known = Choice.allCases.map(\.rawValue)
        add(
            at, "\(title) must be one of \(known.joined(separator: ", ")), found “\(text.prefix(60))”",
            suggestion: Suggestion.nearest(to: text, among: known))
        return nil
    }

    /// `[[131.5, 1024], …]`
    private func writes(_ at: Int) -> [RecordedAnswer.Write] {
        pairs(at, "“writes”", of: "milliseconds and bytes").compactMap { first, second in
            guard let time = time(first, "when a write came"), let count = count(second, "a write's length")
            else { return nil }
            return RecordedAnswer.Write(at: time, count: count)
        }
    }

    func pairs(_ at: Int, _ title: String, of content: String) -> [(Int, Int)] {
        guard nodes.kind(at) == .array else {
            add(at, "\(title) must be a list, found \(kindName(at))")
            return []
        }
        var pairs: [(Int, Int)] = []
        forEach(at) { element in
            var values: [Int] = []
            if nodes.kind(element) == .array { forEach(element) { values.append($0) } }
            if values.count == 2 {
                pairs.append((values[0], values[1]))
            } else {
                add(element, "\(title) has pairs of \(content)")
            }
        }
        return pairs
    }
}
