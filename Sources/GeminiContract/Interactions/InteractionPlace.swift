// SPDX-License-Identifier: Apache-2.0

/// Where a value stands in the body; put into words only where something is reported of it.
indirect enum InteractionPlace {
    case body
    case member(InteractionPlace, String)
    case element(InteractionPlace, Int)

    /// `input[0].content[1]`; empty for the body itself.
    var path: String {
        switch self {
        case .body: ""
        case .member(let parent, let name): parent.path.isEmpty ? name : "\(parent.path).\(name)"
        case .element(let list, let index): "\(list.path)[\(index)]"
        }
    }

    /// The member's name, with the index where this is one of its elements, and the path of what it is a member of: how
    /// recorded refusals name a place (`'type' at 'tools[0]'`, `'response_modalities[0]'`).
    var name: (own: String, parent: String) {
        switch self {
        case .body: return ("", "")
        case .member(let parent, let name): return (name, parent.path)
        case .element(let list, let index):
            let (own, parent) = list.name
            return ("\(own)[\(index)]", parent)
        }
    }
}
