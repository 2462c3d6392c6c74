// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What the body has, maybe among more (`JSONSubset`).
struct BodyMatcher: Matcher {
    let name = "body"
    private let subset: JSONSubset

    init(_ body: JSON) { subset = JSONSubset(body) }

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let body = request.body
        if subset.fits(body) { return nil }
        return Miss(differences: { subset.differences(body) }) { subset.details(body) }
    }
}
