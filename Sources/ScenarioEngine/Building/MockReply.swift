// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// What is answered once. Texts are templates: `You said {{lastText}}.`
public struct MockReply: Sendable {
    private var members: [JSON.Member]

    private init(_ members: [JSON.Member?]) {
        self.members = members.compactMap(\.self)
    }

    /// What the model says.
    public static func text(
        _ text: String, thought: String? = nil, calls: [ScriptedCall] = [], chunks: StreamChunks? = nil,
        _ overrides: AnswerOverrides = AnswerOverrides()
    ) -> MockReply {
        MockReply([.init("text", .string(text))] + said(thought, calls, chunks) + changed(overrides))
    }

    /// A text that is this value as JSON.
    public static func json(
        _ value: JSON, thought: String? = nil, calls: [ScriptedCall] = [], chunks: StreamChunks? = nil,
        _ overrides: AnswerOverrides = AnswerOverrides()
    ) -> MockReply {
        MockReply([.init("json", value)] + said(thought, calls, chunks) + changed(overrides))
    }

    /// Parts as they go into the answer.
    public static func parts(
        _ parts: [JSON], _ overrides: AnswerOverrides = AnswerOverrides()
    ) -> MockReply {
        MockReply([.init("parts", .array(parts))] + changed(overrides))
    }

    /// Functions to call; more than one are called in parallel.
    public static func calls(
        _ calls: [ScriptedCall], thought: String? = nil, _ overrides: AnswerOverrides = AnswerOverrides()
    ) -> MockReply {
        MockReply(said(thought, calls, nil) + changed(overrides))
    }

    /// What would be answered without a scenario, but for what is to differ.
    public static func builtIn(_ overrides: AnswerOverrides = AnswerOverrides()) -> MockReply {
        MockReply([.init("builtIn", true)] + changed(overrides))
    }

    /// A whole body.
    public static func body(_ body: JSON, status: Int = 200) -> MockReply {
        MockReply([.init("body", body), .init("status", .int(status))])
    }

    /// A refusal of the catalogue (`gemini-mock errors` lists them).
    public static func error(
        _ name: String, message: String? = nil, retryDelay: Duration? = nil
    ) -> MockReply {
        MockReply([
            .init("error", .string(name)), message.map { .init("message", .string($0)) },
            retryDelay.map { .init("retryDelay", .string(MapBuilder.text($0))) },
        ])
    }

    /// How the file that is uploaded fares.
    public static func file(_ fate: FileFate) -> MockReply {
        let processing: JSON.Member? =
            switch fate.processing {
            case .time(let time): .init("for", .string(MapBuilder.text(time)))
            case .polls(let count): .init("polls", .int(count))
            case nil: nil
            }
        let members: [JSON.Member?] = [
            processing, .init("then", .string(fate.end.rawValue)),
            fate.error.map { .init("error", .string($0)) },
        ]
        return MockReply([.init("file", .object(members.compactMap(\.self)))])
    }

    /// How the turn of the Interactions API ends.
    public static func interaction(_ fate: InteractionFate) -> MockReply {
        let members: [JSON.Member?] = [
            .init("status", .string(fate.status)), fate.text.map { .init("text", .string($0)) },
            calls(fate.calls), fate.runLength.map { .init("runLength", .string(MapBuilder.text($0))) },
        ]
        return MockReply([.init("interaction", .object(members.compactMap(\.self)))])
    }

    /// The same reply, with which states become these.
    public func setting(_ states: [String: String]) -> MockReply {
        let values = states.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) }
        return MockReply(members + [.init("set", .object(values))])
    }

    /// The same reply, which comes so.
    public func wire(_ wire: MockWire) -> MockReply {
        MockReply(members + [.init("wire", .object(wire.members))])
    }

    /// The same reply, with these faults, in order.
    public func faults(_ faults: [MockFault]) -> MockReply {
        MockReply(members + [.init("faults", .array(faults.map(\.json)))])
    }

    func located(line: Int) -> LocatedJSON {
        LocatedJSON(.object(members), at: TextPlace(line: line, column: 1))
    }

    private static func said(
        _ thought: String?, _ calls: [ScriptedCall], _ chunks: StreamChunks?
    ) -> [JSON.Member?] {
        let cut: JSON? =
            switch chunks {
            case .count(let count): ["count": .int(count)]
            case .size(let size): ["size": .int(size)]
            case .pieces(let pieces): .array(pieces.map { .string($0) })
            case nil: nil
            }
        return [
            thought.map { .init("thought", .string($0)) }, self.calls(calls), cut.map { .init("chunks", $0) },
        ]
    }

    private static func calls(_ calls: [ScriptedCall]) -> JSON.Member? {
        guard !calls.isEmpty else { return nil }
        return .init("calls", .array(calls.map { ["name": .string($0.name), "args": $0.arguments] }))
    }

    private static func changed(_ overrides: AnswerOverrides) -> [JSON.Member?] {
        [
            overrides.finishReason.map { .init("finishReason", .string($0)) },
            overrides.usage.isEmpty ? nil : .init("usage", .object(overrides.usage)),
            overrides.safetyRatings.map { .init("safetyRatings", $0) },
            overrides.promptFeedback.map { .init("promptFeedback", $0) },
            overrides.hasNoCandidates ? .init("noCandidates", true) : nil,
            overrides.tokensPerSecond.map { .init("tokensPerSecond", .double($0)) },
        ]
    }
}
