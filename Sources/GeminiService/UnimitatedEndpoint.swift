// SPDX-License-Identifier: Apache-2.0

import GeminiContract

/// A method that isn't imitated: says so, whatever is asked, and how a scenario may answer it.
protocol UnimitatedEndpoint: Endpoint {
    /// What it is that isn't imitated, in words.
    func subject(of call: APICall) -> String
}

extension UnimitatedEndpoint {
    var isImitated: Bool { false }

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        throw APIError.notImitated(subject(of: call), endpoint: name)
    }
}
