// SPDX-License-Identifier: Apache-2.0

import GeminiMock

/// What went wrong between the scenarios and those who were to play them.
struct Findings {
    /// Those of one kind.
    struct Kind {
        /// What should have none, as a test would be called.
        let name: String
        /// What is wrong with each.
        let fault: String
        /// One each; of very many only the first.
        let texts: [String]
        let count: Int

        /// A line for each.
        ///
        /// - Parameter most: beyond that their number is told.
        func lines(most: Int = .max) -> [String] {
            let told = texts.prefix(most)
            let more = count > told.count ? ["\(fault): \(count - told.count) more"] : []
            return told.map { "\(fault): \($0)" } + more
        }
    }

    let unmatchedRequests: Kind
    let unusedStubs: Kind
    let unspentFaults: Kind

    init(_ server: MockServer) {
        let (unmatched, unused, unspent) = (
            server.unmatchedRequests, server.unusedStubs, server.unspentFaults
        )
        unmatchedRequests = Kind(
            name: "unmatched requests", fault: "matched no stub", texts: unmatched.first,
            count: unmatched.count)
        unusedStubs = Kind(
            name: "required stubs", fault: "never used, though required", texts: unused, count: unused.count)
        unspentFaults = Kind(name: "faults", fault: "never struck", texts: unspent, count: unspent.count)
    }

    var kinds: [Kind] { [unmatchedRequests, unusedStubs, unspentFaults] }

    var areNone: Bool { kinds.allSatisfy { $0.count == 0 } }
}
