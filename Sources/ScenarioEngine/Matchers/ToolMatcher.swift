// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// Whether a function is declared.
struct ToolMatcher: Matcher {
    let name: String
    private let tool: String

    init(_ tool: String) {
        name = "tool \(Quoted.line(tool, limit: 60))"
        self.tool = tool
    }

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let declared = request.conversation.tools
        return declared.contains(tool) ? nil : Miss { details(declared) }
    }

    private func details(_ declared: [String]) -> Miss.Details {
        let names = declared.prefix(10).joined(separator: ", ")
        return Miss.Details(
            distance: Likeness.distance(tool, nearestOf: declared),
            expected: "a declaration of \(Quoted.text(tool))",
            got: declared.isEmpty ? "no declaration" : "declared: \(names)")
    }
}
