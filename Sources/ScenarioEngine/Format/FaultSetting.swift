// SPDX-License-Identifier: Apache-2.0

import GeminiContract

/// A fault of a reply: which, how, and how often.
struct FaultSetting: Sendable, Equatable {
    /// How long a server hangs that isn't told how long: longer than anybody waits.
    static let forever = Duration.seconds(1000 * 86_400)

    /// One of `FaultTable`.
    var name: String
    var options = FaultOptions()
    var arming = Arming.always

    enum Arming: Sendable, Equatable {
        case always
        /// The first so many uses of its reply by each tenant.
        case times(Int)
        /// Each use, with this probability.
        case probability(Double)
    }
}

/// What may stand beside a fault's name; nil for what is usual.
struct FaultOptions: Sendable, Equatable {
    var after: WirePoint?
    var form: String?
    var text: String?
    var error: NamedError?
    /// The words of a refusal that isn't named.
    var message: String?
    var by: Int?
    var duration: Duration?
    var status: Int?
    var location: String?
    /// The multiple that chunks are to have.
    var bytes: Int?

    /// Behind how many bytes, where that is what is told.
    var received: Int? { if case .bytes(let count) = after { count } else { nil } }

    /// Behind how many events, where that is what is told.
    var events: Int? { if case .events(let count) = after { count } else { nil } }
}
