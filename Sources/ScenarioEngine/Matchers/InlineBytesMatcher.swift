// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// How many bytes of media the request itself brings.
struct InlineBytesMatcher: Matcher {
    let name = "inlineBytes"
    let bytes: Bounds<Int>

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let count = request.attachments.inlineBytes
        return bytes.contains(count) ? nil : Miss { details(count) }
    }

    private func details(_ count: Int) -> Miss.Details {
        Miss.Details(
            distance: bytes.distance(count), expected: bytes.words(unit: " bytes") + " of inline data",
            got: "\(count) bytes of inline data")
    }
}
