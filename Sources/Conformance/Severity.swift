// SPDX-License-Identifier: Apache-2.0

/// How much a case or a check asks of a client, in the words of RFC 2119.
public enum Severity: String, Sendable, CaseIterable, Comparable {
    /// A client that does otherwise is wrong.
    case must = "MUST"
    /// A client that does otherwise needs a good reason.
    case should = "SHOULD"
    /// A good client may do so.
    case may = "MAY"
    /// Nothing is asked: what a client does is told.
    case info = "INFO"

    /// The one that asks for more is the greater one.
    public static func < (one: Severity, other: Severity) -> Bool { one.rank < other.rank }

    private var rank: Int {
        switch self {
        case .must: 3
        case .should: 2
        case .may: 1
        case .info: 0
        }
    }
}
