// SPDX-License-Identifier: Apache-2.0

/// What a server answers today to what was recorded, compared.
public struct DriftReport: Sendable, Equatable {
    /// What became of an exchange.
    public enum Outcome: Sendable, Equatable {
        case verified
        /// It couldn't be, and why.
        case unverified(String)
        /// It isn't to be, and why.
        case skipped(String)
    }

    public struct Exchange: Sendable, Equatable {
        /// From 1.
        public let number: Int
        /// Method and target, without credentials.
        public let request: String
        public var outcome: Outcome
        public var findings: [DriftFinding] = []
    }

    public struct Recording: Sendable, Equatable {
        public let name: String
        /// As it was given.
        public let path: String
        public var exchanges: [Exchange]
    }

    /// The base URL of the server.
    public let upstream: String
    public var recordings: [Recording]

    public init(upstream: String, recordings: [Recording] = []) {
        self.upstream = upstream
        self.recordings = recordings
    }

    /// What it says of all.
    public enum Verdict: String, Sendable {
        case none, drift, unverified
    }

    /// Drift where there is any, even if something else couldn't be verified.
    public var verdict: Verdict {
        let exchanges = recordings.flatMap(\.exchanges)
        if exchanges.contains(where: { !$0.findings.isEmpty }) { return .drift }
        let isAnyUnverified = exchanges.contains { if case .unverified = $0.outcome { true } else { false } }
        // Nothing compared is nothing known.
        let isAnyVerified = exchanges.contains { $0.outcome == .verified }
        return isAnyUnverified || !isAnyVerified ? .unverified : .none
    }

    /// For people: a line for each exchange that isn't as recorded, its findings indented, and a sum.
    public var lines: [String] {
        recordings.flatMap { recording in
            var lines: [String] = []
            for exchange in recording.exchanges {
                let start = "\(recording.path): exchange \(exchange.number), \(exchange.request)"
                switch exchange.outcome {
                case .unverified(let why): lines.append("\(start): couldn't be verified: \(why)")
                case .skipped(let why): lines.append("\(start): not asked: \(why)")
                case .verified: if !exchange.findings.isEmpty { lines.append(start) }
                }
                lines += exchange.findings.map { "  \($0.text)" }
            }
            return lines + ["\(recording.path): \(DriftReport.sum(recording.exchanges))"]
        }
    }

    private static func sum(_ exchanges: [Exchange]) -> String {
        let differ = exchanges.count { !$0.findings.isEmpty }
        let same = exchanges.count { $0.outcome == .verified && $0.findings.isEmpty }
        let unverified = exchanges.count { if case .unverified = $0.outcome { true } else { false } }
        let skipped = exchanges.count { if case .skipped = $0.outcome { true } else { false } }
        let parts = [
            (same, "as recorded"), (differ, "with drift"), (unverified, "not verified"),
            (skipped, "not asked"),
        ]
        return parts.filter { $0.0 > 0 || $0.1 == "as recorded" }.map { "\($0.0) \($0.1)" }.joined(
            separator: ", ")
    }
}
