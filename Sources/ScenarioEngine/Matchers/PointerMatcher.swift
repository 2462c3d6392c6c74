// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What stands at one place of the body.
struct PointerMatcher: Matcher {
    private enum Condition: Sendable {
        /// Nothing less and nothing more.
        case equals(JSONSubset)
        /// A string's characters; a number or a truth value as it was sent. Nothing else has a text.
        case matches(TextCondition)
        case exists(Bool)
    }

    let name: String
    private let pointer: JSONPointer
    private let path: [String]
    private let condition: Condition
    private let isSecret: Bool

    init(_ wanted: PointerCondition) {
        name = "pointer \(Quoted.text(wanted.pointer))"
        pointer = JSONPointer(wanted.pointer)
        path = JSONPointer.names(wanted.pointer)
        let member = wanted.pointer.split(separator: "/").last ?? ""
        isSecret = CredentialFields.isCredential(named: String(member))
        condition =
            switch wanted.condition {
            case .equals(let value): .equals(JSONSubset(value, isExact: true, isOwn: pointer.isInOwnNames))
            case .matches(let pattern): .matches(TextCondition(.matches(pattern)))
            case .exists(let isThere): .exists(isThere)
            }
    }

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let found = pointer.value(in: request.body)
        let fits =
            switch condition {
            case .equals(let value): found.map { value.fits($0) } ?? false
            case .matches(let text): found.map { self.fits(text, $0, request.searches) } ?? false
            case .exists(let isThere): (found != nil) == isThere
            }
        return fits ? nil : Miss(differences: { differences(found) }) { details(found) }
    }

    private func differences(_ found: JSONView?) -> [JSONDifference] {
        if case .equals(let value) = condition, let found { return value.differences(found, at: path) }
        let details = details(found)
        return [JSONDifference(path, expected: details.expected, got: details.got)]
    }

    private func fits(_ text: TextCondition, _ value: JSONView, _ budget: SearchBudget) -> Bool {
        switch value.kind {
        case .string: value.withStringBytes { text.fits($0, within: budget) } ?? false
        case .number, .bool: value.source.withUnsafeBufferPointer { text.fits($0, within: budget) }
        case .null, .array, .object: false
        }
    }

    private func details(_ found: JSONView?) -> Miss.Details {
        if isSecret { return TextCondition.secretDetails(isThere: found != nil) }
        guard let found else {
            return Miss.Details(distance: 1, expected: expected, got: "nothing")
        }
        switch condition {
        case .equals(let value): return value.details(found)
        case .matches(let text):
            switch found.kind {
            case .string: return text.details(found.string ?? "", missing: "nothing")
            case .number, .bool:
                return text.details(String(decoding: found.source, as: UTF8.self), missing: "nothing")
            case .null, .array, .object:
                return Miss.Details(distance: 1, expected: expected, got: JSONWords.of(found))
            }
        case .exists: return Miss.Details(distance: 1, expected: expected, got: JSONWords.of(found))
        }
    }

    private var expected: String {
        switch condition {
        case .equals(let value): value.words
        case .matches(let text): text.words
        case .exists(let isThere): isThere ? "something" : "nothing"
        }
    }
}
