// SPDX-License-Identifier: Apache-2.0

/// Where a walk stands. Kept as numbers, and put into words only where something is reported.
///
/// In words: snake_case names with dots between them, `[i]` for an element, `[i].value` for the value of a map's entry;
/// a bare element of a list has no number (CORE 6.3; the last from protobuf's source).
struct BindingPath {
    enum Step {
        case field(Int)
        case index(Int)
        case entry(Int)
    }

    private var steps: [Step] = []

    init() {
        // Few messages are deeper, so that one allocation is enough.
        steps.reserveCapacity(24)
    }

    mutating func push(_ step: Step) { steps.append(step) }

    mutating func pop() { steps.removeLast() }

    /// Whether the last step went to a field as a whole.
    var endsAtField: Bool {
        if case .field = steps.last { true } else { false }
    }

    func text(_ schema: MessageSchema) -> String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .field(let number): text += (text.isEmpty ? "" : ".") + schema.fields[number].protoName
            case .index(let index): text += "[\(index)]"
            case .entry(let index): text += "[\(index)].value"
            }
        }
    }
}
