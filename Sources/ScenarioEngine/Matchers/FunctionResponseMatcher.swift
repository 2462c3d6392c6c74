// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// Whether the last turn brings the result of a function.
struct FunctionResponseMatcher: Matcher {
    let name = "functionResponse"
    let wanted: RequestPattern.FunctionResponse

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let results = request.conversation.functionResponses
        let fits =
            switch wanted {
            case .any: !results.isEmpty
            case .none: results.isEmpty
            case .named(let name): results.contains(name)
            }
        return fits ? nil : Miss { details(results) }
    }

    private func details(_ results: [String]) -> Miss.Details {
        let got = results.isEmpty ? "no result" : "results of: \(results.prefix(10).joined(separator: ", "))"
        return switch wanted {
        case .any: Miss.Details(distance: 1, expected: "the result of a function", got: got)
        case .none: Miss.Details(distance: 1, expected: "no result of a function", got: got)
        case .named(let name):
            Miss.Details(
                distance: Likeness.distance(name, nearestOf: results),
                expected: "the result of \(Quoted.text(name))", got: got)
        }
    }
}
