// SPDX-License-Identifier: Apache-2.0

/// Its number among the requests that fit all else.
struct CallMatcher: Matcher {
    let name = "call"
    let needsHistory = true
    let calls: Bounds<Int>

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let call = history.call
        return calls.contains(call) ? nil : Miss { details(call) }
    }

    private func details(_ call: Int) -> Miss.Details {
        Miss.Details(distance: calls.distance(call), expected: "call \(calls.words())", got: "call \(call)")
    }
}
