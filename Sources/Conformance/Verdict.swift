// SPDX-License-Identifier: Apache-2.0

/// What is said of a client for one case.
public enum Verdict: String, Sendable, CaseIterable {
    /// All that was asked has been seen.
    case pass
    /// Something that a client must do wasn't done.
    case fail
    /// Something that a client should do wasn't done.
    case nonStrict = "non-strict"
    /// Nothing was asked, or no more than what a client may do: what it does stands in the checks.
    case info
    /// The client says that it can't do such a thing.
    case unsupported
    /// What was asked can't be seen: nobody told what the client made of it, or it never asked for the case.
    case notObserved = "not observed"
    /// It came out otherwise when it was tried again.
    case flaky
    /// The judge couldn't do its work: nothing is said of the client.
    case harnessError = "harness error"

    /// Whether a client that was run for the case has it against it.
    public var isBad: Bool {
        switch self {
        case .fail, .nonStrict, .flaky, .harnessError: true
        case .pass, .info, .unsupported, .notObserved: false
        }
    }

    /// Whether it says whether the client can do what was asked.
    public var isApplicable: Bool {
        switch self {
        case .pass, .fail, .nonStrict, .flaky: true
        case .info, .unsupported, .notObserved, .harnessError: false
        }
    }
}
