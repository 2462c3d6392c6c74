// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import RecordReplay

/// Compares the answers of a recording with those of today. What one answer has is looked for in all answers to requests of
/// its kind: a model says something else each time, and with it comes and goes what belongs to it.
struct DriftJudge {
    /// What both sides look like, of one kind of request.
    private struct Looks {
        var recorded = Shape()
        var live = Shape()
        var recordedHead = HeadShape()
        var liveHead = HeadShape()
    }

    private struct Subject: Hashable {
        let name: String
        let status: Int
        let contents: String
    }

    private struct Answer {
        let subject: Subject
        let recorded: Shape
        let live: Shape
        let recordedHead: HeadShape
        let liveHead: HeadShape
        /// What the tables say of it.
        let schema: AnswerSchema?
        let isRecordedKnown: Bool
    }

    /// More of an exchange aren't told.
    private static let mostFindings = 1000

    /// Of each pair; empty where there is none.
    private(set) var findings: [[DriftFinding]]

    init(_ pairs: [Verifier.Pair?], ignoring ignored: IgnoredDrift = IgnoredDrift()) {
        findings = Array(repeating: [], count: pairs.count)
        var answers: [(at: Int, answer: Answer)] = []
        var looks: [Subject: Looks] = [:]
        for (at, pair) in pairs.enumerated() {
            guard let pair else { continue }
            guard let answer = compare(pair, at: at) else { continue }
            answers.append((at, answer))
            looks[answer.subject, default: Looks()].recorded.add(answer.recorded)
            looks[answer.subject, default: Looks()].live.add(answer.live)
            looks[answer.subject, default: Looks()].recordedHead.add(answer.recordedHead)
            looks[answer.subject, default: Looks()].liveHead.add(answer.liveHead)
        }
        var told: [Subject: Set<DriftFinding.Identity>] = [:]
        for (at, answer) in answers {
            let all = DriftJudge.findings(answer, looks[answer.subject] ?? Looks()).filter {
                !ignored.includes($0)
            }
            // Once for each kind of request: else one new field would be told a hundred times.
            let news = all.filter { told[answer.subject, default: []].insert($0.identity).inserted }
            findings[at] += news.prefix(DriftJudge.mostFindings)
        }
    }

    /// - Returns: nil where the answers are so different that there is nothing more to compare.
    private mutating func compare(_ pair: Verifier.Pair, at number: Int) -> Answer? {
        let (recorded, live) = (AnswerContents(pair.recorded), AnswerContents(pair.live))
        if pair.recorded.status != pair.live.status {
            add(.changedStatus, "\(pair.recorded.status)", "\(pair.live.status)", at: number)
            return nil
        }
        var isRecordedKnown = true
        if case .unknown = recorded { isRecordedKnown = false }
        if case .unknown = live { isRecordedKnown = false }
        if isRecordedKnown, recorded.name != live.name {
            add(.changedBody, recorded.name, live.name, at: number)
            return nil
        }
        return Answer(
            subject: Subject(name: pair.subject, status: pair.live.status, contents: live.name),
            recorded: DriftJudge.shape(recorded), live: DriftJudge.shape(live),
            recordedHead: HeadShape(pair.recorded.fields), liveHead: HeadShape(pair.live.fields),
            schema: DriftJudge.schema(pair, live), isRecordedKnown: isRecordedKnown)
    }

    /// Refusals have none.
    private static func schema(_ pair: Verifier.Pair, _ live: AnswerContents) -> AnswerSchema? {
        guard pair.live.status < 300 else { return nil }
        switch pair.message {
        case .none: return nil
        case .core(let name): return AnswerSchema(name)
        case .interaction:
            if case .values(_, let isStream) = live { return AnswerSchema(interactionsInStream: isStream) }
            return nil
        }
    }

    private mutating func add(_ kind: DriftFinding.Kind, _ recorded: String, _ now: String, at number: Int) {
        findings[number].append(
            DriftFinding(kind: kind, place: "", recorded: recorded, now: now, against: [.recording]))
    }

    /// Of all values that are streamed.
    private static func shape(_ contents: AnswerContents) -> Shape {
        contents.values.reduce(into: Shape()) { $0.add($1, named: "") }
    }

    private static func findings(_ answer: Answer, _ looks: Looks) -> [DriftFinding] {
        let schema = answer.schema
        var comparison = ShapeComparison()
        if answer.isRecordedKnown {
            comparison.news(in: answer.live, beyond: looks.recorded) { place, name, word in
                let words = schema?.words(at: place[...]) ?? InteractionWords.known(for: name)
                return words?.contains(word) ?? false
            }
            comparison.losses(of: answer.recorded, from: looks.live)
        }
        if let schema, !answer.live.kinds.isEmpty { comparison.misfits(of: answer.live, in: schema) }
        return comparison.findings.merged + answer.liveHead.news(beyond: looks.recordedHead)
            + answer.recordedHead.losses(from: looks.liveHead)
    }
}
