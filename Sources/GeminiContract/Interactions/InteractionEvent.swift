// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One event of a stream. The name stands on its line and again as the last member (INTERACTIONS 4).
public enum InteractionEvent: Sendable {
    case created(Interaction)
    case statusUpdate(id: String, InteractionStatus)
    case stepStart(index: Int, InteractionStep)
    case stepDelta(index: Int, InteractionDelta, id: String?)
    case stepStop(index: Int)
    case completed(Interaction)
    case failed(APIError)

    public var name: String {
        switch self {
        case .created: "interaction.created"
        case .statusUpdate: "interaction.status_update"
        case .stepStart: "step.start"
        case .stepDelta: "step.delta"
        case .stepStop: "step.stop"
        case .completed: "interaction.completed"
        case .failed: "error"
        }
    }

    /// The id that a client may go on behind; only deltas were seen with one.
    public var id: String? {
        if case .stepDelta(_, _, let id) = self { id } else { nil }
    }

    /// `v1_` and base64 of index, kind and number, as in `0_thought_15` (seen).
    public static func id(index: Int, step: InteractionStep, number: Int) -> String {
        "v1_" + Base64Encoding.urlSafe(Array("\(index)_\(step.kind)_\(number)".utf8))
    }

    /// The event as it is sent.
    public var frame: [UInt8] { ServerSentEvents.event(named: name, data: data) }

    /// The frame of an event that is no more than its JSON: its `event_type` names it.
    public static func frame(of event: JSON) -> [UInt8] {
        let data = event.bytes(.compact)
        guard case .string(let type) = event["event_type"] else {
            return Array("data: ".utf8) + data + Array("\n\n".utf8)
        }
        // A line break would begin another field.
        let name = type.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
        return ServerSentEvents.event(named: String(name), data: data)
    }

    /// The frame behind the last event.
    public static let done = ServerSentEvents.event(named: "done", data: Array("[DONE]".utf8))

    private var data: [UInt8] {
        var writer = JSONWriter(.compact)
        writer.object { writer in
            switch self {
            case .created(let interaction):
                writer.key("interaction")
                interaction.writeBeginning(to: &writer)
            case .statusUpdate(let id, let status):
                writer.member("interaction_id", id)
                writer.member("status", status.rawValue)
            case .stepStart(let index, let step):
                writer.member("index", index)
                writer.key("step")
                step.writeStart(to: &writer)
            case .stepDelta(let index, let delta, let id):
                writer.member("index", index)
                writer.key("delta")
                delta.write(to: &writer)
                if let id { writer.member("event_id", id) }
            case .stepStop(let index): writer.member("index", index)
            case .completed(let interaction):
                writer.key("interaction")
                interaction.writeEnd(to: &writer)
            case .failed(let error):
                writer.key("error")
                error.write(to: &writer)
            }
            writer.member("event_type", name)
        }
        return writer.bytes
    }
}

/// A piece of a step.
public enum InteractionDelta: Sendable, Equatable {
    case text(String)
    case thoughtSummary(String)
    case thoughtSignature(String)
    /// A piece of the arguments' JSON text.
    case arguments(String)

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            switch self {
            case .text(let text):
                writer.member("text", text)
                writer.member("type", "text")
            case .thoughtSummary(let text):
                writer.key("content")
                InteractionStep.write(text: text, to: &writer)
                writer.member("type", "thought_summary")
            case .thoughtSignature(let signature):
                writer.member("signature", signature)
                writer.member("type", "thought_signature")
            case .arguments(let text):
                writer.member("arguments", text)
                writer.member("type", "arguments_delta")
            }
        }
    }
}
