// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One thing that happened in a turn, as it is answered. The discriminator stands last, as recorded (INTERACTIONS 3).
public enum InteractionStep: Sendable {
    /// What arrived.
    case input(JSON)
    case thought(signature: String, summary: String?)
    case text(String)
    case functionCall(id: String, name: String, arguments: JSON)

    func write(to writer: inout JSONWriter) {
        switch self {
        case .input(let step): writer.value(step)
        case .thought(let signature, let summary):
            writer.object { writer in
                writer.member("signature", signature)
                if let summary {
                    writer.key("summary")
                    writer.array { InteractionStep.write(text: summary, to: &$0) }
                }
                writer.member("type", "thought")
            }
        case .text(let text):
            writer.object { writer in
                writer.key("content")
                writer.array { InteractionStep.write(text: text, to: &$0) }
                writer.member("type", "model_output")
            }
        case .functionCall(let id, let name, let arguments):
            writer.object { writer in
                writer.member("id", id)
                writer.member("type", "function_call")
                writer.member("name", name)
                writer.member("arguments", arguments)
            }
        }
    }

    /// What a stream begins the step with: what is in it comes as deltas (recorded).
    func writeStart(to writer: inout JSONWriter) {
        if case .input(let step) = self { return writer.value(step) }
        writer.object { writer in
            switch self {
            case .input: break
            case .text: writer.member("type", "model_output")
            case .thought: writer.member("type", "thought")
            case .functionCall(let id, let name, _):
                writer.member("id", id)
                writer.member("signature", "")
                writer.member("type", "function_call")
                writer.member("name", name)
                writer.member("arguments", .object([]))
            }
        }
    }

    /// The word for its kind in event ids.
    var kind: String {
        switch self {
        case .input: "user_input"
        case .thought: "thought"
        case .text: "model_output"
        case .functionCall: "function_call"
        }
    }

    static func write(text: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("text", text)
            writer.member("type", "text")
        }
    }
}
