// SPDX-License-Identifier: Apache-2.0

/// Which value a state of the scenario has.
struct StateMatcher: Matcher {
    let name: String
    let needsHistory = true
    private let wanted: StateValue

    init(_ wanted: StateValue) {
        name = "state \(Quoted.line(wanted.state, limit: 60))"
        self.wanted = wanted
    }

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let value = history.states[wanted.state]
        return value == wanted.value ? nil : Miss { details(value) }
    }

    private func details(_ value: String?) -> Miss.Details {
        // States are names for different things: no two are nearer than others.
        Miss.Details(
            distance: 1, expected: Quoted.text(wanted.value),
            got: value.map { Quoted.text($0) } ?? "no such state")
    }
}
