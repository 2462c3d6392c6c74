// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension DriftReport {
    /// What `format` says; another number where a member goes or changes, not where one comes.
    static let format = "gemini-mock/drift/1"

    /// For programs; every member is always there.
    public var json: JSON {
        [
            "format": .string(DriftReport.format), "upstream": .string(upstream),
            "verdict": .string(verdict.rawValue),
            "recordings": .array(recordings.map(\.json)),
        ]
    }
}

extension DriftReport.Recording {
    fileprivate var json: JSON {
        [
            "name": .string(name), "path": .string(path),
            "exchanges": .array(exchanges.map(\.json)),
        ]
    }
}

extension DriftReport.Exchange {
    fileprivate var json: JSON {
        let (word, why): (String, JSON) =
            switch outcome {
            case .verified: ("verified", .null)
            case .unverified(let why): ("unverified", .string(why))
            case .skipped(let why): ("skipped", .string(why))
            }
        return [
            "number": .int(number), "request": .string(request), "outcome": .string(word), "reason": why,
            "findings": .array(findings.map(\.json)),
        ]
    }
}

extension DriftFinding {
    fileprivate var json: JSON {
        [
            "kind": .string(kind.rawValue), "place": .string(place),
            "recorded": recorded.map { .string($0) } ?? .null, "now": now.map { .string($0) } ?? .null,
            "against": .array(against.map { .string($0.rawValue) }),
        ]
    }
}
