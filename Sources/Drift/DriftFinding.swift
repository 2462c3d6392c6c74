// SPDX-License-Identifier: Apache-2.0

/// One thing in which an answer of today looks other than it should.
public struct DriftFinding: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case changedStatus, changedBody, changedType, newField, vanishedField, newValue
        case newHeader, vanishedHeader, changedHeader
    }

    /// With what the answer was compared.
    public enum Base: String, Sendable, CaseIterable {
        case recording
        /// The tables of what the API answers.
        case contract
    }

    public let kind: Kind
    /// Of the body a JSON Pointer, `*` for all elements of an array and all events of a stream; of the head a field's name in
    /// lower case; empty where it is the whole.
    public let place: String
    /// What was there: a status, types, words, a field's value; nil where nothing was.
    public let recorded: String?
    /// What is there now.
    public let now: String?
    public internal(set) var against: [Base]

    /// In words: `new field /candidates/*/mood, string`.
    public var text: String {
        let change =
            switch (recorded, now) {
            case (let old?, let new?): "\(old) → \(new)"
            case (nil, let new?): new
            case (let old?, nil): old
            case (nil, nil): ""
            }
        let base = against == [.contract] ? " (the contract doesn't have it)" : ""
        return [DriftFinding.words[kind] ?? "", place].filter { !$0.isEmpty }.joined(separator: " ")
            + (change.isEmpty ? "" : ", \(change)") + base
    }

    private static let words: [Kind: String] = [
        .changedStatus: "another status", .changedBody: "another kind of body", .changedType: "another type",
        .newField: "new field", .vanishedField: "no field any more:", .newValue: "new value",
        .newHeader: "new header", .vanishedHeader: "no header any more:", .changedHeader: "another header",
    ]
}

extension [DriftFinding] {
    /// What was found twice is told once, against both.
    var merged: [DriftFinding] {
        var (merged, places): ([DriftFinding], [DriftFinding.Identity: Int]) = ([], [:])
        for finding in self {
            if let at = places[finding.identity] {
                for base in finding.against where !merged[at].against.contains(base) {
                    merged[at].against.append(base)
                }
            } else {
                places[finding.identity] = merged.count
                merged.append(finding)
            }
        }
        return merged
    }
}

extension DriftFinding {
    struct Identity: Hashable {
        let kind: Kind
        let place: String
        let detail: String
    }

    /// What makes two findings the same.
    var identity: Identity {
        Identity(kind: kind, place: place, detail: kind == .newValue ? now ?? "" : "")
    }
}
