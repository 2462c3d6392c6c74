// SPDX-License-Identifier: Apache-2.0

/// How a client stands, in two numbers and a word.
public enum Standing: String, Sendable {
    /// Each MUST that applies is passed, and nine in ten SHOULDs.
    case robust = "Robust"
    /// Each MUST that applies is passed.
    case conformant = "Conformant"
    /// Some MUST isn't.
    case notYet = "not yet conformant"
    /// There is no case to tell it by.
    case unknown = "not judged"
}

extension RunReport {
    public var standing: Standing {
        let (must, should) = (score(of: .must), score(of: .should))
        guard must.applicable > 0 else { return .unknown }
        guard must.passed == must.applicable else { return .notYet }
        return should.passed * 10 >= should.applicable * 9 ? .robust : .conformant
    }
}

extension RunReport.Score {
    /// Rounded down: 100 is all. Nil where nothing applies.
    public var percent: Int? { applicable > 0 ? 100 * passed / applicable : nil }

    /// `12 of 17 (70 %)`.
    var text: String {
        percent.map { "\(passed) of \(applicable) (\($0)\u{A0}%)" } ?? "none applies"
    }
}

extension Verdict {
    /// A sign that can be told from the others without colour.
    var mark: String {
        switch self {
        case .pass: "✓"
        case .fail: "✗"
        case .nonStrict: "△"
        case .info: "i"
        case .unsupported: "–"
        case .notObserved: "?"
        case .flaky: "≈"
        case .harnessError: "‼"
        }
    }

    /// What it means, for a legend.
    var meaning: String {
        switch self {
        case .pass: "all that was asked has been seen"
        case .fail: "a MUST wasn’t done"
        case .nonStrict: "a SHOULD wasn’t done"
        case .info: "nothing was asked, or no more than a MAY"
        case .unsupported: "the client can’t do such a thing"
        case .notObserved: "what was asked can’t be seen from outside"
        case .flaky: "it came out otherwise when it was tried again"
        case .harnessError: "the judge couldn’t do its work; it says nothing of the client"
        }
    }
}

extension ClientIdentity {
    /// `google-genai (Python) 3.4.0`.
    var title: String { version.map { "\(name) \($0)" } ?? name }
}
