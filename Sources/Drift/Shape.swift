// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What several values of JSON look like, taken together, whatever they say: of which types they are, which members they have,
/// what the elements of their arrays look like, and which words stand where words are chosen from a list.
struct Shape: Sendable, Equatable {
    enum Kind: String, Sendable, CaseIterable {
        case null, bool, number, string, array, object
    }

    private(set) var kinds: Set<Kind> = []
    private(set) var members: [String: Shape] = [:]
    /// Of all elements of all arrays: one, or none where there was no element.
    private(set) var elements: [Shape] = []
    private(set) var words: Set<String> = []

    /// More words than this are no list.
    private static let mostWords = 64

    init() {}

    init(_ view: JSONView) { add(view, named: "") }

    var element: Shape? { elements.first }

    /// The types, as they are told: `string`, `null or object`.
    var kindText: String {
        Kind.allCases.filter(kinds.contains).map(\.rawValue).joined(separator: " or ")
    }

    /// - Parameter name: of the member that it is the value of.
    mutating func add(_ view: JSONView, named name: String) {
        switch view.kind {
        case .null: kinds.insert(.null)
        case .bool: kinds.insert(.bool)
        case .number: kinds.insert(.number)
        case .string:
            kinds.insert(.string)
            guard words.count < Shape.mostWords, let word = view.string,
                Shape.isConstant(word) || Shape.holdsWords(name) && Shape.isWord(word)
            else { return }
            words.insert(word)
        case .array:
            kinds.insert(.array)
            for element in view.elements {
                if elements.isEmpty { elements.append(Shape()) }
                elements[0].add(element, named: name)
            }
        case .object:
            kinds.insert(.object)
            // What a model makes up, or the user.
            guard !FieldName.holdsOwnNames(name), name != "metadata" else { return }
            for member in view.members {
                let name = member.name
                members[name, default: Shape()].add(member.value, named: name)
            }
        }
    }

    mutating func add(_ other: Shape) {
        kinds.formUnion(other.kinds)
        words.formUnion(other.words)
        for (name, shape) in other.members { members[name, default: Shape()].add(shape) }
        guard let element = other.element else { return }
        if elements.isEmpty { elements.append(Shape()) }
        elements[0].add(element)
    }

    /// Whether the values of a member are words of a list: those of generateContent's answers and of errors (CORE 4.3, 6.1),
    /// and of interactions (INTERACTIONS 3 and 4).
    static func holdsWords(_ name: String) -> Bool { holders.contains(name) }

    private static let holders: Set = [
        "finishReason", "blockReason", "category", "probability", "severity", "modality", "state", "source",
        "status", "reason", "role", "outcome", "language", "serviceTier", "service_tier", "trafficType",
        "urlRetrievalStatus", "toolType", "type", "event_type", "object", "level", "modelStage",
    ]

    /// Whether it looks like a value of an enum, wherever it stands.
    private static func isConstant(_ text: String) -> Bool {
        (2...80).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0 &- 0x41 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F }
    }

    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 80
            && text.utf8.allSatisfy { byte in
                byte &- 0x61 < 26 || byte &- 0x41 < 26 || byte &- 0x30 < 10 || byte == 0x5F || byte == 0x2E
            }
    }
}
