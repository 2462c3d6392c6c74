// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Several threads that go through a list together, each with the next that nobody has taken.
enum Crew {
    /// Returns when all is done. What `body` gives keeps the order of the list.
    static func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element], jobs: Int, _ body: @escaping @Sendable (Element) -> Result
    ) -> [Result] {
        let state = Monitor(State<Result>(results: Array(repeating: nil, count: elements.count)))
        @Sendable func work() {
            while true {
                let index = state.withLock { state -> Int? in
                    guard state.next < elements.count else { return nil }
                    defer { state.next += 1 }
                    return state.next
                }
                guard let index else { break }
                let result = body(elements[index])
                state.withLock { $0.results[index] = result }
            }
        }
        let crew = (0..<min(jobs, elements.count)).map { _ in WorkerThread(work) }
        for thread in crew { thread.join() }
        return state.withLock { $0.results.compactMap(\.self) }
    }

    private struct State<Result> {
        var next = 0
        var results: [Result?]
    }
}
