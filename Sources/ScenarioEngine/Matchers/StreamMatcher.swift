// SPDX-License-Identifier: Apache-2.0

/// Whether a stream is asked for.
struct StreamMatcher: Matcher {
    let name = "stream"
    let isStream: Bool

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        request.isStream == isStream ? nil : Miss { details(request.isStream) }
    }

    private func details(_ found: Bool) -> Miss.Details {
        Miss.Details(
            distance: 1, expected: isStream ? "a stream" : "no stream", got: found ? "a stream" : "no stream")
    }
}
