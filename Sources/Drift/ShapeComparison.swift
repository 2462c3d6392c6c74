// SPDX-License-Identifier: Apache-2.0

import GeminiContract

/// Tells where shapes differ. Arrays are told by what all their elements look like, so their lengths don't count.
struct ShapeComparison {
    private(set) var findings: [DriftFinding] = []

    // MARK: Against the recording

    /// What one answer has that all recorded ones together don't.
    ///
    /// - Parameter isKnown: whether the contract knows a word at that place, of the member of that name.
    mutating func news(
        in live: Shape, beyond recorded: Shape, at place: String = "", named name: String = "",
        isKnown: (_ place: String, _ name: String, _ word: String) -> Bool
    ) {
        guard !recorded.kinds.isEmpty else { return }
        if !live.kinds.isSubset(of: recorded.kinds) {
            add(.changedType, place, recorded.kindText, live.kindText)
        }
        for word in live.words.subtracting(recorded.words).sorted()
        where Shape.holdsWords(name) && !isKnown(place, name, word) {
            add(.newValue, place, nil, word)
        }
        for (name, shape) in live.members.sorted(by: { $0.key < $1.key }) {
            let place = "\(place)/\(ShapeComparison.escaped(name))"
            guard let known = recorded.members[name] else {
                if recorded.kinds.contains(.object) { add(.newField, place, nil, shape.kindText) }
                continue
            }
            news(in: shape, beyond: known, at: place, named: name, isKnown: isKnown)
        }
        if let element = live.element, let known = recorded.element {
            news(in: element, beyond: known, at: "\(place)/*", named: name, isKnown: isKnown)
        }
    }

    /// What a recorded answer has that none of today has.
    mutating func losses(of recorded: Shape, from live: Shape, at place: String = "") {
        for (name, shape) in recorded.members.sorted(by: { $0.key < $1.key }) {
            let place = "\(place)/\(ShapeComparison.escaped(name))"
            guard let left = live.members[name] else {
                // What isn't an object at all is told as that.
                if live.kinds.contains(.object) { add(.vanishedField, place, shape.kindText, nil) }
                continue
            }
            losses(of: shape, from: left, at: place)
        }
        if let element = recorded.element, let left = live.element {
            losses(of: element, from: left, at: "\(place)/*")
        }
    }

    // MARK: Against the contract

    /// What an answer has that the tables don't.
    mutating func misfits(of live: Shape, in schema: AnswerSchema, at place: String = "") {
        expect([.object], live, at: place)
        for (name, shape) in live.members.sorted(by: { $0.key < $1.key }) {
            let place = "\(place)/\(ShapeComparison.escaped(name))"
            guard let member = schema.member(named: name) else {
                add(.newField, place, nil, shape.kindText, .contract)
                continue
            }
            guard member.isList, case let form = member.form else {
                misfits(of: shape, in: member.form, at: place)
                continue
            }
            if case .any = form { continue }
            expect([.array], shape, at: place)
            if let element = shape.element { misfits(of: element, in: form, at: "\(place)/*") }
        }
    }

    private mutating func misfits(of live: Shape, in form: AnswerSchema.Form, at place: String) {
        switch form {
        case .message(let schema): misfits(of: live, in: schema, at: place)
        case .words(let words):
            // As numbers, where that was asked for.
            expect([.string, .number], live, at: place)
            for word in live.words.subtracting(words).sorted() {
                add(.newValue, place, nil, word, .contract)
            }
        case .string: expect([.string], live, at: place)
        case .bool: expect([.bool], live, at: place)
        case .number: expect([.number, .string], live, at: place)
        case .any: break
        }
    }

    private mutating func expect(_ kinds: Set<Shape.Kind>, _ live: Shape, at place: String) {
        // Null is what isn't there, as protobuf reads it.
        guard !live.kinds.isSubset(of: kinds.union([.null])) else { return }
        let expected = Shape.Kind.allCases.filter(kinds.contains).map(\.rawValue).joined(separator: " or ")
        add(.changedType, place, expected, live.kindText, .contract)
    }

    private mutating func add(
        _ kind: DriftFinding.Kind, _ place: String, _ recorded: String?, _ now: String?,
        _ base: DriftFinding.Base = .recording
    ) {
        findings.append(
            DriftFinding(kind: kind, place: place, recorded: recorded, now: now, against: [base]))
    }

    /// As RFC 6901 wants it.
    private static func escaped(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == 0x7E || $0 == 0x2F }) else { return name }
        return name.reduce(into: "") { $0 += $1 == "~" ? "~0" : $1 == "/" ? "~1" : String($1) }
    }
}

extension AnswerSchema {
    /// The words that the tables know at a place; nil where there is no such list.
    func words(at place: Substring) -> Set<String>? {
        let steps = place.split(separator: "/").filter { $0 != "*" }
        var schema = self
        for (index, step) in steps.enumerated() {
            guard let member = schema.member(named: String(step)) else { return nil }
            switch member.form {
            case .message(let inner): schema = inner
            case .words(let words): return index == steps.count - 1 ? words : nil
            default: return nil
            }
        }
        return nil
    }
}
