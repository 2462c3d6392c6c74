// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Reads what an adapter tells, by the protocol: `{"steps": [{"ok": true, …}, …]}`, or the one result where there is but one
/// step, or `{"unsupported": "why"}`.
enum TaskResult {
    /// More is a mistake.
    static let most = 64 << 20

    static func outcome(_ bytes: [UInt8]) -> ClientOutcome {
        guard let document = try? JSONDocument(parsing: bytes, grammar: .strict) else {
            return .notJudgeable(
                "the client’s result is no JSON: \(ValueText.cut(String(decoding: bytes.prefix(200), as: UTF8.self)))"
            )
        }
        return outcome(JSON(document.root))
    }

    static func outcome(_ json: JSON) -> ClientOutcome {
        guard case .object = json else {
            return .notJudgeable("the client’s result is no object: \(ValueText.text(json))")
        }
        if let reason = json["unsupported"] {
            if case .string(let text) = reason { return .unsupported(ValueText.cut(text)) }
            return .unsupported("it gave no reason")
        }
        guard let steps = json["steps"] else { return results([json]) }
        guard case .array(let results) = steps else {
            return .notJudgeable("“steps” of the client’s result is no list: \(ValueText.text(steps))")
        }
        return self.results(results)
    }

    private static func results(_ results: [JSON]) -> ClientOutcome {
        for result in results {
            guard case .bool? = result["ok"] else {
                return .notJudgeable("a result needs “ok”, true or false: \(ValueText.text(result))")
            }
        }
        return .finished(results)
    }
}
