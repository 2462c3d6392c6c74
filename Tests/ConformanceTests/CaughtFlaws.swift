// SPDX-License-Identifier: Apache-2.0

import ReferenceClient

/// Which checks a broken client fails, as `CASE:CHECK`.
func checksCaught(by flaw: Flaw) -> Set<String> {
    switch flaw {
    case .crlfOnly: ["SSE-02:text", "SSE-02:finish", "SSE-03:text"]
    case .lfOnly: ["SSE-01:text", "SSE-01:finish", "SSE-03:text", "SSE-04:text", "SSE-04:finish"]
    case .mixedLineEnds: ["SSE-03:text"]
    case .pieceIsEvent: ["SSE-04:text", "SSE-04:finish"]
    case .noFinishReason: ["SSE-01:finish", "SSE-02:finish", "SSE-04:finish"]
    case .asksTwice: ["SSE-01:once"]
    }
}
