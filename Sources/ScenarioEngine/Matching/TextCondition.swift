// SPDX-License-Identifier: Apache-2.0

/// A text pattern made ready, so that looking at a text compiles nothing and copies nothing.
struct TextCondition: Sendable {
    private enum Test: Sendable {
        case equals(String)
        case contains(ByteSearch)
        case glob(Glob)
        case matches(RegularExpression)
        /// An expression that `lint` would have refused.
        case unreadable(pattern: String, reason: String)
    }

    private let test: Test

    init(_ pattern: TextPattern) {
        switch pattern {
        case .equals(let text): test = .equals(text)
        case .contains(let text): test = .contains(ByteSearch(text))
        case .glob(let text): test = .glob(Glob(text))
        case .matches(let text):
            do throws(RegularExpression.Failure) {
                test = .matches(try RegularExpression(text))
            } catch {
                test = .unreadable(pattern: text, reason: error.message)
            }
        }
    }

    /// - Parameter budget: of the request.
    func fits(_ text: String, within budget: SearchBudget) -> Bool {
        switch test {
        case .equals(let wanted): wanted.utf8.elementsEqual(text.utf8)
        case .contains(let search): search.isFound(in: text)
        case .glob(let glob): glob.matches(text)
        case .matches(let expression): expression.search(text, within: budget) == .found
        case .unreadable: false
        }
    }

    func fits(_ bytes: UnsafeBufferPointer<UInt8>, within budget: SearchBudget) -> Bool {
        if case .matches(let expression) = test { return expression.search(bytes, within: budget) == .found }
        return fits(String(decoding: bytes, as: UTF8.self), within: budget)
    }

    // MARK: - Why not

    /// What is asked for.
    var words: String {
        switch test {
        case .equals(let text): "the text \(Quoted.text(text))"
        case .contains(let search): "a text with \(Quoted.text(search.wanted))"
        case .glob(let glob): "a text like \(Quoted.text(glob.pattern))"
        case .matches(let expression): "a text that matches \(Quoted.text(expression.pattern))"
        case .unreadable(let pattern, _): "a text that matches \(Quoted.text(pattern))"
        }
    }

    /// - Parameter missing: what to say where there is no text.
    func details(_ text: String?, missing: String) -> Miss.Details {
        guard let text else { return Miss.Details(distance: 1, expected: words, got: missing) }
        let remark = remark(text).map { " (\($0))" } ?? ""
        return Miss.Details(distance: distance(text), expected: words, got: "\(Quoted.text(text))\(remark)")
    }

    /// Of what may be a credential: neither it nor how near it is shows.
    static func secretDetails(isThere: Bool) -> Miss.Details {
        Miss.Details(
            distance: isThere ? 0.5 : 1, expected: "a certain value",
            got: isThere ? "another value" : "no value")
    }

    private func distance(_ text: String) -> Double {
        switch test {
        case .equals(let wanted): Likeness.distance(wanted, text)
        case .contains(let search): Likeness.distance(of: search.wanted, within: text)
        case .glob(let glob): Likeness.distance(of: glob.pattern, within: text)
        // Nothing tells how near a text is to an expression.
        case .matches, .unreadable: text.isEmpty ? 1 : 0.75
        }
    }

    private func remark(_ text: String) -> String? {
        switch test {
        case .matches(let expression):
            if case .givenUp(let reason) = expression.search(text) { reason } else { nil }
        case .unreadable(_, let reason): "no regular expression: \(reason)"
        default: nil
        }
    }
}
