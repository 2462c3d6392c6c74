// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import YAMLReading

/// Reads a text as YAML, of which JSON is a part, into a located value.
///
/// Anchors and aliases may be used; what they stand for is shared in memory and counted each time. Tags, merge keys and
/// a second document are refused. The order of work is that of libyaml's events, one recursion for each level.
struct DocumentReader {
    /// Nil where there was a problem, though some problems leave a value to be judged further.
    struct Result {
        var value: LocatedJSON?
        var problems: [ScenarioProblem]
    }

    private let file: String
    private let limits: DocumentLimits
    private let events: YAMLEvents
    private var problems: [ScenarioProblem] = []
    private var values = 0
    private var anchors: [String: Anchored] = [:]

    /// What an alias stands for, how many values that is, and how deep they are.
    private struct Anchored {
        let value: LocatedJSON
        let count: Int
        let depth: Int
    }

    /// Ends the reading; what is wrong is in `problems`.
    private struct Stopped: Error {}

    /// - Parameter file: its name in problems.
    static func read(_ bytes: [UInt8], file: String, limits: DocumentLimits = DocumentLimits()) -> Result {
        guard bytes.count <= limits.bytes else {
            let message = "the file has \(bytes.count) bytes, the most is \(limits.bytes)"
            return Result(value: nil, problems: [ScenarioProblem(file: file, at: .start, message)])
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let pairs = SurrogatePairs(bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes)
        return pairs.text.withUnsafeBufferPointer { text in
            var reader = DocumentReader(file: file, limits: limits, events: YAMLEvents(text, pairs))
            let value = try? reader.document()
            return Result(value: value, problems: reader.problems)
        }
    }

    /// - Returns: the value with its places in the whole text.
    static func read(_ view: JSONView, file: String, limits: DocumentLimits = DocumentLimits()) -> Result {
        // JSON is a part of YAML. What stands before the value becomes blanks, of which a character keeps one.
        let before = view.preceding.filter { $0 & 0xC0 != 0x80 }.map { byte in
            byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") ? byte : UInt8(ascii: " ")
        }
        return read(before + view.source, file: file, limits: limits)
    }

    private init(file: String, limits: DocumentLimits, events: YAMLEvents) {
        self.file = file
        self.limits = limits
        self.events = events
    }

    private mutating func document() throws(Stopped) -> LocatedJSON {
        while true {
            let event = try next()
            switch event.content {
            case .streamStart, .documentStart: continue
            case .streamEnd: throw stop(.start, "the file is empty")
            default:
                let (value, _) = try value(event, depth: 1)
                try end()
                return value
            }
        }
    }

    private mutating func end() throws(Stopped) {
        while true {
            let event = try next()
            switch event.content {
            case .documentEnd: continue
            case .streamEnd: return
            default:
                throw stop(event.place, "a file holds one scenario: nothing may follow the first document")
            }
        }
    }

    /// - Returns: the value, and how many levels of lists and maps it has.
    private mutating func value(_ event: YAMLEvents.Event, depth: Int) throws(Stopped) -> (LocatedJSON, Int) {
        if case .alias(let name) = event.content { return try alias(name, event.place, depth: depth) }
        let before = values
        try count(1, event.place)
        if event.tag != nil { try report(event.place, "tags such as !!str aren't understood: leave it out") }
        let (kind, levels) = try content(event, depth: depth)
        let value = LocatedJSON(kind: kind, place: event.place)
        if let anchor = event.anchor {
            if anchors.updateValue(
                Anchored(value: value, count: values - before, depth: levels), forKey: anchor)
                != nil
            {
                try report(event.place, "the anchor &\(anchor) is set twice")
            }
        }
        return (value, levels)
    }

    private mutating func content(
        _ event: YAMLEvents.Event, depth: Int
    ) throws(Stopped) -> (LocatedJSON.Kind, Int) {
        switch event.content {
        case .scalar(let text, isPlain: true):
            guard let kind = PlainScalar.kind(of: text) else {
                try report(event.place, "the number \(Quoted.text(text)) is too large")
                return (.int(0), 0)
            }
            return (kind, 0)
        case .scalar(let text, isPlain: false): return (.string(text), 0)
        case .listStart:
            try descend(depth, event.place)
            return try list(depth: depth + 1)
        case .mapStart:
            try descend(depth, event.place)
            return try map(depth: depth + 1)
        default: throw stop(event.place, "a value is expected here")
        }
    }

    private mutating func list(depth: Int) throws(Stopped) -> (LocatedJSON.Kind, Int) {
        var (elements, deepest): ([LocatedJSON], Int) = ([], 0)
        while true {
            let event = try next()
            if case .end = event.content { return (.list(elements), deepest + 1) }
            let (element, levels) = try value(event, depth: depth)
            elements.append(element)
            deepest = max(deepest, levels)
        }
    }

    private mutating func map(depth: Int) throws(Stopped) -> (LocatedJSON.Kind, Int) {
        var (fields, deepest): ([LocatedJSON.Field], Int) = ([], 0)
        var known: [String: TextPlace] = [:]
        while true {
            let event = try next()
            if case .end = event.content { return (.map(fields), deepest + 1) }
            guard case .scalar(let name, let isPlain) = event.content else {
                throw stop(event.place, "a name must be a text, not a list, a map or an alias")
            }
            if isPlain, name == "<<" {
                try report(event.place, "merge keys (<<) aren't understood: give the whole value an anchor")
            }
            if let first = known.updateValue(event.place, forKey: name) {
                try report(
                    event.place,
                    "\(Quoted.text(name)) stands here twice, first in line \(first.line)"
                )
            }
            let (value, levels) = try value(next(), depth: depth)
            fields.append(LocatedJSON.Field(name: name, place: event.place, value: value))
            deepest = max(deepest, levels)
        }
    }

    private mutating func alias(
        _ name: String, _ place: TextPlace, depth: Int
    ) throws(Stopped) -> (LocatedJSON, Int) {
        guard let anchored = anchors[name] else {
            throw stop(place, "the alias *\(name) stands for nothing: no finished &\(name) is above it")
        }
        try count(anchored.count, place)
        guard depth - 1 + anchored.depth <= limits.depth else { throw tooDeep(place) }
        return (anchored.value, anchored.depth)
    }

    // MARK: - Limits and problems

    private mutating func count(_ added: Int, _ place: TextPlace) throws(Stopped) {
        values += added
        guard values <= limits.values else {
            throw stop(place, "the file has more than \(limits.values) values, those of aliases included")
        }
    }

    private mutating func descend(_ depth: Int, _ place: TextPlace) throws(Stopped) {
        guard depth <= limits.depth else { throw tooDeep(place) }
    }

    private mutating func tooDeep(_ place: TextPlace) -> Stopped {
        stop(place, "lists and maps go deeper than \(limits.depth) levels")
    }

    private mutating func next() throws(Stopped) -> YAMLEvents.Event {
        do throws(YAMLEvents.Failure) {
            return try events.next()
        } catch {
            throw stop(error.place, error.message)
        }
    }

    private mutating func report(_ place: TextPlace, _ message: String) throws(Stopped) {
        problems.append(ScenarioProblem(file: file, at: place, message))
        if problems.count >= limits.problems { throw Stopped() }
    }

    private mutating func stop(_ place: TextPlace, _ message: String) -> Stopped {
        problems.append(ScenarioProblem(file: file, at: place, message))
        return Stopped()
    }
}
