// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A JSON value as a pattern: what is given must be there, in objects maybe among other members. Arrays have to be as
/// long as the pattern's, and fit element by element. Numbers compare by value, `1` like `1.0`; strings with their
/// escapes resolved; null fits a null that was sent, not a member that wasn't.
package struct JSONSubset: Sendable {
    private indirect enum Node: Sendable {
        case scalar(JSON)
        /// Its UTF-8.
        case string([UInt8])
        case array([Node])
        case object([Member])
    }

    private struct Member: Sendable {
        let name: FieldName
        let value: Node
    }

    private let root: Node
    /// Whether objects must have no other members.
    private let isExact: Bool
    /// What it is, for people.
    let words: String

    /// - Parameters:
    ///   - isExact: whether objects must have no other members.
    ///   - isOwn: whether the names of its members are the user's own, so that one spelling counts.
    package init(_ pattern: JSON, isExact: Bool = false, isOwn: Bool = false) {
        root = JSONSubset.node(pattern, isOwn: isOwn)
        self.isExact = isExact
        words = JSONWords.of(pattern)
    }

    private static func node(_ pattern: JSON, isOwn: Bool) -> Node {
        switch pattern {
        case .null, .bool, .int, .double: return .scalar(pattern)
        case .string(let text): return .string(Array(text.utf8))
        case .array(let elements): return .array(elements.map { node($0, isOwn: isOwn) })
        case .object(let members):
            return .object(
                members.map { member in
                    let holdsOwn = isOwn || FieldName.holdsOwnNames(member.name)
                    return Member(
                        name: FieldName(member.name, isOwn: isOwn), value: node(member.value, isOwn: holdsOwn)
                    )
                })
        }
    }

    // MARK: - Whether it fits

    package func fits(_ view: JSONView) -> Bool { fits(root, view) }

    private func fits(_ node: Node, _ view: JSONView) -> Bool {
        switch node {
        case .scalar(let value): return JSONSubset.isSame(value, view)
        case .string(let bytes): return JSONSubset.isSame(bytes, view)
        case .array(let nodes):
            guard view.kind == .array else { return false }
            var elements = view.elements
            for node in nodes {
                guard let element = elements.next(), fits(node, element) else { return false }
            }
            return elements.next() == nil
        case .object(let members):
            guard view.kind == .object else { return false }
            for member in members {
                guard let value = member.name.value(in: view), fits(member.value, value) else { return false }
            }
            return !isExact || unknownMember(members, view) == nil
        }
    }

    private func unknownMember(_ members: [Member], _ view: JSONView) -> String? {
        view.members.first { member in !members.contains { $0.name.isName(of: member) } }?.name
    }

    private static func isSame(_ value: JSON, _ view: JSONView) -> Bool {
        switch value {
        case .null: view.isNull
        case .bool(let value): view.bool == value
        case .int(let value): view.kind == .number && view.int == value
        case .double(let value): view.kind == .number && view.double == value
        default: false
        }
    }

    private static func isSame(_ bytes: [UInt8], _ view: JSONView) -> Bool {
        // A character is escaped by six bytes at most: megabytes of base64 aren't resolved to see that they differ.
        guard view.kind == .string, bytes.count...(bytes.count * 6) ~= view.rawStringLength else {
            return false
        }
        return view.withStringBytes { $0.count == bytes.count && $0.elementsEqual(bytes) } ?? false
    }

    // MARK: - Why not

    /// How many of the values in the pattern fit, and the first that doesn't.
    private struct Tally {
        var fitting = 0
        var all = 0
        var path: [String] = []
        var first: (expected: String, got: String)?
        /// How many differences to keep.
        var most = 0
        var differences: [JSONDifference] = []

        mutating func note(
            _ isFitting: Bool, _ expected: @autoclosure () -> String, _ got: @autoclosure () -> String
        ) {
            count(isFitting, expected(), got())
            if !isFitting { differ(expected(), got()) }
        }

        /// Notes no difference.
        mutating func count(
            _ isFitting: Bool, _ expected: @autoclosure () -> String, _ got: @autoclosure () -> String
        ) {
            all += 1
            if isFitting {
                fitting += 1
            } else if first == nil {
                let place = path.isEmpty ? "" : " at /\(path.map(JSONPointer.escaped).joined(separator: "/"))"
                let isSecret = path.contains { CredentialFields.isCredential(named: $0) }
                first = isSecret ? ("a certain value" + place, "another one") : (expected() + place, got())
            }
        }

        /// Notes nothing but a difference.
        mutating func differ(_ expected: @autoclosure () -> String, _ got: @autoclosure () -> String) {
            guard differences.count < most else { return }
            differences.append(JSONDifference(path, expected: expected(), got: got()))
        }
    }

    /// Why `view`, which doesn't fit, doesn't.
    func details(_ view: JSONView) -> Miss.Details {
        var tally = Tally()
        weigh(root, view, &tally)
        let share = Double(tally.fitting) / Double(max(1, tally.all))
        return Miss.Details(
            distance: 1 - share, expected: tally.first?.expected ?? words,
            got: tally.first?.got ?? JSONWords.of(view))
    }

    /// All places, the first ones of many, at which `view` doesn't fit.
    ///
    /// - Parameter path: the steps to it.
    package func differences(_ view: JSONView?, at path: [String] = []) -> [JSONDifference] {
        var tally = Tally()
        tally.path = path
        tally.most = JSONDifference.most
        weigh(root, view, &tally)
        return tally.differences
    }

    private func weigh(_ node: Node, _ view: JSONView?, _ tally: inout Tally) {
        let got = { view.map { JSONWords.of($0) } ?? "nothing" }
        switch node {
        case .scalar(let value):
            tally.note(view.map { JSONSubset.isSame(value, $0) } ?? false, JSONWords.of(value), got())
        case .string(let bytes):
            let text = { "the text \(Quoted.text(String(decoding: bytes, as: UTF8.self)))" }
            tally.note(view.map { JSONSubset.isSame(bytes, $0) } ?? false, text(), got())
        case .array(let nodes):
            var elements = view?.elements
            let count = elements?.reduce(0) { count, _ in count + 1 }
            let fits = view?.kind == .array && count == nodes.count
            if !fits || nodes.isEmpty { tally.note(fits, JSONWords.array(nodes.count), got()) }
            for (number, node) in nodes.enumerated() {
                tally.path.append("\(number)")
                weigh(node, elements?.next(), &tally)
                tally.path.removeLast()
            }
        case .object(let members):
            let fits = view?.kind == .object
            // What has members is told by them.
            if !fits || members.isEmpty { tally.note(fits, "an object", got()) }
            for member in members {
                tally.path.append(member.name.name)
                weigh(member.value, view.flatMap { member.name.value(in: $0) }, &tally)
                tally.path.removeLast()
            }
            guard isExact, let view, let name = unknownMember(members, view) else { return }
            tally.count(false, "no member \(Quoted.text(name))", "one")
            noteUnknownMembers(members, view, &tally)
        }
    }

    private func noteUnknownMembers(_ members: [Member], _ view: JSONView, _ tally: inout Tally) {
        for member in view.members {
            guard tally.differences.count < tally.most else { return }
            if members.contains(where: { $0.name.isName(of: member) }) { continue }
            tally.path.append(member.name)
            tally.differ("nothing", JSONWords.of(member.value))
            tally.path.removeLast()
        }
    }
}
