// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A turn of the Interactions API as far as it is known: put together from the events of a stream, or read whole.
struct InteractionState {
    private(set) var id = ""
    private(set) var status = ""
    private(set) var usage: JSON?
    /// Whether the stream has said that the turn is over.
    private(set) var isOver = false
    /// What a stream goes on behind; nil where no event had an id.
    private(set) var lastEventID: String?
    private(set) var deltas = 0
    private(set) var isCancelled = false
    var isStreamed = false
    /// How many times the stream was gone on with.
    var resumes = 0
    private var unknown: [JSON] = []
    private var steps: [Int: Step] = [:]
    /// What was known when the last event with an id had been read: the service sends all again that came behind it.
    private var kept: [Int: Step] = [:]
    private let flaws: Set<Flaw>

    private struct Step {
        var type = ""
        var id = ""
        var name = ""
        var text = ""
        var arguments = ""
        var whole: JSON?
        /// Counts arrivals, for who puts texts together by them.
        var order = 0
    }

    init(flaws: Set<Flaw>) { self.flaws = flaws }

    /// The API's words for what goes on.
    var isUnderWay: Bool {
        let running = ["queued", "in_progress"].contains(status)
        if flaws.contains(.queuedIsOver), status == "queued" { return false }
        return running
    }

    private static let known = [
        "requires_action", "completed", "failed", "cancelled", "incomplete", "budget_exceeded",
        "requires_continuation",
    ]

    mutating func cancel(_ answer: InteractionState?) {
        isCancelled = true
        if let answer { status = answer.status }
    }

    // MARK: Streams

    /// - Throws: `ClientFailure` where the event tells of one.
    mutating func take(_ event: JSON) throws {
        switch event["event_type"]?.text {
        case "interaction.created", "interaction.completed": try takeEnd(event)
        case "interaction.status_update": status = event["status"]?.text ?? status
        case "step.start": begin(event)
        case "step.delta": try takeDelta(event)
        case "step.stop": break
        case "error", nil:
            guard let error = event["error"], !flaws.contains(.ignoresInteractionErrors) else { return }
            throw ClientFailure(error)
        default:
            if flaws.contains(.unknownEventIsError) { throw ClientFailure("protocol", "an unknown event") }
            keep(event)
        }
        if let id = event["event_id"]?.text {
            lastEventID = id
            kept = steps
        }
    }

    private mutating func takeEnd(_ event: JSON) throws {
        let interaction = event["interaction"]
        if let text = interaction?["id"]?.text, !text.isEmpty { id = text }
        if let text = interaction?["status"]?.text { status = text }
        guard event["event_type"]?.text == "interaction.completed" else { return }
        isOver = true
        usage = interaction?["usage"]
        if usage == nil, flaws.contains(.wantsUsage) { throw ClientFailure("protocol", "no usage") }
        try checkStatus()
    }

    private mutating func checkStatus() throws {
        let isKnown = isUnderWay || InteractionState.known.contains(status)
        guard flaws.contains(.unknownStatusIsError), !isKnown else { return }
        status = ""
        throw ClientFailure("protocol", "no such status")
    }

    private mutating func begin(_ event: JSON) {
        let (index, step) = (event["index"]?.number ?? 0, event["step"])
        var begun = Step()
        begun.type = step?["type"]?.text ?? ""
        begun.id = step?["id"]?.text ?? ""
        begun.name = step?["name"]?.text ?? ""
        begun.whole = step?["arguments"]
        begun.order = steps.count
        // A stream that is sent again begins its steps again.
        if flaws.contains(.keepsAtResume), let before = steps[index] { begun.text = before.text }
        steps[index] = begun
    }

    private mutating func takeDelta(_ event: JSON) throws {
        var index = event["index"]?.number ?? 0
        if flaws.contains(.ignoresIndex) { index = steps.keys.max() ?? 0 }
        guard let delta = event["delta"] else { return }
        var step = steps[index] ?? Step()
        switch delta["type"]?.text {
        case "text":
            deltas += 1
            if flaws.contains(.firstDeltaOnly), !step.text.isEmpty { break }
            if flaws.contains(.joinsByLine), !step.text.isEmpty { step.text += "\n" }
            step.text += delta["text"]?.text ?? ""
        case "arguments_delta":
            if flaws.contains(.lastArguments) { step.arguments = "" }
            step.arguments += delta["arguments"]?.text ?? ""
        case "thought_summary":
            step.text += delta["content"]?["text"]?.text ?? ""
        case "thought_signature", "text_annotation_delta": break
        default:
            if flaws.contains(.unknownDeltaIsError) { throw ClientFailure("protocol", "an unknown delta") }
            keep(event)
        }
        steps[index] = step
    }

    private mutating func keep(_ event: JSON) {
        if !flaws.contains(.dropsUnknownEvents) { unknown.append(event) }
    }

    /// Goes back to what was known behind the event that the stream goes on behind.
    mutating func rewind() {
        resumes += 1
        if !flaws.contains(.keepsAtResume) { steps = lastEventID == nil ? [:] : kept }
    }

    // MARK: Whole turns

    mutating func read(_ interaction: JSON) throws {
        if let text = interaction["id"]?.text { id = text }
        status = interaction["status"]?.text ?? ""
        if flaws.contains(.statusIsCompleted), !isUnderWay { status = "completed" }
        usage = interaction["usage"]
        isOver = !isUnderWay
        steps = [:]
        for (index, step) in (interaction["steps"]?.list ?? []).enumerated() {
            var read = Step()
            read.type = step["type"]?.text ?? ""
            read.id = step["id"]?.text ?? ""
            read.name = step["name"]?.text ?? ""
            read.whole = step["arguments"]
            let contents = step["content"]?.list ?? []
            read.text = contents.compactMap { $0["text"]?.text }.joined(
                separator: flaws.contains(.joinsByLine) ? "\n" : "")
            let isKnown = ["user_input", "model_output", "thought", "function_call"].contains(read.type)
            if !isKnown, flaws.contains(.unknownStepIsError) {
                throw ClientFailure("protocol", "an unknown step")
            }
            if !isKnown { keep(step) }
            steps[index] = read
        }
        try checkStatus()
    }

    // MARK: What came of it

    private var ordered: [Step] { steps.sorted { $0.key < $1.key }.map(\.value) }

    var text: String {
        let types = flaws.contains(.thoughtsAreText) ? ["model_output", "thought"] : ["model_output"]
        return ordered.filter { types.contains($0.type) }.map(\.text).joined()
    }

    /// `{id, name, arguments}` of each function that is to be called.
    ///
    /// - Throws: `ClientFailure` where the arguments are no JSON.
    func calls() throws -> [JSON] {
        try ordered.filter { $0.type == "function_call" }.map { step in
            var arguments = step.whole ?? [:]
            if !step.arguments.isEmpty {
                guard let document = try? JSONDocument(parsing: Array(step.arguments.utf8), grammar: .strict)
                else { throw ClientFailure("protocol", "the arguments of \(step.name) are no JSON") }
                arguments = JSON(document.root)
            }
            return ["id": .string(step.id), "name": .string(step.name), "args": arguments]
        }
    }

    func members() throws -> [JSON.Member] {
        var interaction = [JSON.Member("status", .string(status))]
        if !id.isEmpty { interaction.insert(JSON.Member("id", .string(id)), at: 0) }
        var members = [JSON.Member("interaction", .object(interaction)), JSON.Member("text", .string(text))]
        let calls = try calls()
        if !calls.isEmpty { members.append(JSON.Member("calls", .array(calls))) }
        if let usage, !flaws.contains(.dropsInteractionUsage) { members.append(JSON.Member("usage", usage)) }
        if isCancelled { members.append(JSON.Member("cancelled", true)) }
        if resumes > 0 { members.append(JSON.Member("resumes", .int(resumes))) }
        if !unknown.isEmpty { members.append(JSON.Member("unknown", .array(unknown))) }
        return members
    }
}
