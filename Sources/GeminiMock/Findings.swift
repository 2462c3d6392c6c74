// SPDX-License-Identifier: Apache-2.0

/// What went wrong between the scenarios and those who were to play them.
///
/// It is an error, so that it can fail a test of any framework; its description is written to be read there.
public struct Findings: Error, Sendable, CustomStringConvertible {
    /// What should have none.
    public enum Kind: Sendable, CaseIterable {
        /// Requests that no stub of the scenarios has matched, nor a recording, refused or not.
        case unmatchedRequests
        /// Stubs with `required: true` that no request has used.
        case unusedStubs
        /// Faults that have struck nobody, or not as often as they were to.
        case unspentFaults
        /// Exchanges of recordings that no request has used.
        case unusedExchanges

        /// As a test would be called.
        public var name: String {
            switch self {
            case .unmatchedRequests: "unmatched requests"
            case .unusedStubs: "required stubs"
            case .unspentFaults: "faults"
            case .unusedExchanges: "recorded exchanges"
            }
        }

        /// What is wrong with each.
        public var fault: String {
            switch self {
            case .unmatchedRequests: "matched no stub"
            case .unusedStubs: "never used, though required"
            case .unspentFaults: "never struck"
            case .unusedExchanges: "recorded, but never used"
            }
        }

        fileprivate var heading: String {
            switch self {
            case .unmatchedRequests: "Requests that matched no stub"
            case .unusedStubs: "Required stubs that were never used"
            case .unspentFaults: "Faults that never struck"
            case .unusedExchanges: "Recorded exchanges that were never used"
            }
        }
    }

    /// Those of one kind.
    public struct Group: Sendable, CustomStringConvertible {
        public let kind: Kind
        public let count: Int
        /// One each, a line; of very many only the first.
        public let texts: [String]
        /// The first of them at length; empty where there is no more to tell.
        let details: [String]

        init(_ kind: Kind, count: Int, texts: [String], details: [String] = []) {
            self.kind = kind
            self.count = count
            self.texts = texts
            self.details = details
        }

        /// A line for each.
        ///
        /// - Parameter most: beyond that their number is told.
        public func lines(most: Int = .max) -> [String] {
            let told = texts.prefix(most)
            let more = count > told.count ? ["\(kind.fault): \(count - told.count) more"] : []
            return told.map { "\(kind.fault): \($0)" } + more
        }

        /// How many there are, and the first of them at length.
        public var description: String {
            let told = Array((details.isEmpty ? texts : details).prefix(Group.mostTold))
            let more = count > told.count ? ["and \(count - told.count) more"] : []
            return (["\(kind.heading): \(count)"] + told + more).joined(separator: "\n")
        }

        /// It is to be seen, between the other failures of a test.
        static let mostTold = 5
    }

    /// One for each kind that was looked for, those without any too.
    public let groups: [Group]

    public var areNone: Bool { groups.allSatisfy { $0.count == 0 } }

    public var description: String {
        groups.filter { $0.count > 0 }.map(\.description).joined(separator: "\n")
    }
}

extension Set<Findings.Kind> {
    public static var all: Set { Set(Findings.Kind.allCases) }
}
