// SPDX-License-Identifier: Apache-2.0

/// Which method of the API is called.
struct EndpointMatcher: Matcher {
    let name = "endpoint"
    let endpoints: [String]

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        endpoints.contains(request.endpoint) ? nil : Miss { details(request.endpoint) }
    }

    private func details(_ endpoint: String) -> Miss.Details {
        Miss.Details(
            distance: Likeness.distance(endpoint, nearestOf: endpoints), expected: Quoted.choice(endpoints),
            got: endpoint)
    }
}
