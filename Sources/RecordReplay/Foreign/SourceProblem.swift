// SPDX-License-Identifier: Apache-2.0

/// Why an exchange of another tool's file can't be read.
struct SourceProblem: Error {
    let node: SourceNode
    let message: String

    init(_ node: SourceNode, _ message: String) {
        self.node = node
        self.message = message
    }

    /// A member that must be there and isn't, or is something else.
    static func missing(_ name: String, _ what: String, in node: SourceNode) -> SourceProblem {
        if let found = node[name] {
            return SourceProblem(found, "“\(name)” must be \(what), found \(found.words)")
        }
        return SourceProblem(node, "“\(name)” is missing: \(what)")
    }
}
