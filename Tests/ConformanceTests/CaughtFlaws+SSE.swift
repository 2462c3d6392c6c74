// SPDX-License-Identifier: Apache-2.0

import ReferenceClient

extension CaughtFlaws {
    static let streams: [Flaw: Set<String>] = [
        .crlfOnly: ["SSE-02:text", "SSE-02:finish", "SSE-03:text"],
        .lfOnly: ["SSE-01:text", "SSE-01:finish", "SSE-03:text", "SSE-04:text", "SSE-04:finish"],
        .mixedLineEnds: ["SSE-03:text"],
        .pieceIsEvent: ["SSE-04:text", "SSE-04:finish"],
        .noFinishReason: ["SSE-01:finish", "SSE-02:finish", "SSE-04:finish"],
        .asksTwice: ["SSE-01:once"],
    ]
}
