// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// How a stream tells its events apart.
enum StreamForm: Sendable, Equatable {
    /// Server-sent events (CORE 4.5, INTERACTIONS 4).
    case events
    /// Elements of a JSON array (CORE 4.6).
    case array
}

/// A plan's events: the one place that knows what a write of a plan is.
extension ResponsePlan {
    /// Nil where the body is no stream, or one that isn't known yet.
    var streamForm: StreamForm? {
        let isLive = actions.contains { if case .live = $0 { true } else { false } }
        guard framing == .chunked, !isLive else { return nil }
        let type = head.fields.first { $0.name.lowercased() == "content-type" }?.value ?? ""
        if type.hasPrefix("text/event-stream") { return .events }
        return type.hasPrefix("application/json") ? .array : nil
    }

    /// Where the events stand among the actions. Of a body that is no stream every write counts.
    var eventPlaces: [Int] { PlanEvents.places(in: actions, streamForm) }

    /// The actions up to a point: what waits for the next event isn't among them.
    func beginning(upTo point: WirePoint) -> [WireAction] {
        switch point {
        case .events(0), .bytes(0): return []
        case _ where actions.count == 1:
            if case .live(let live) = actions[0] { return [.live(live.beginning(upTo: point))] }
        default: break
        }
        switch point {
        case .events(let count):
            let places = eventPlaces
            return count > places.count ? actions : Array(actions[...places[count - 1]])
        case .bytes(let count): return PlanEvents.beginning(of: actions, bytes: count)
        }
    }

    /// How many bytes of the body stand before a point.
    func offset(of point: WirePoint) -> Int {
        beginning(upTo: point).reduce(0) { sum, action in
            if case .send(let bytes) = action { sum + bytes.count } else { sum }
        }
    }

    /// Changes the stream's actions. An array's elements stand alone meanwhile, and are joined again behind it.
    ///
    /// - Parameter change: gets the actions and where the events stand among them.
    mutating func changeEvents(_ change: (inout [WireAction], _ places: [Int]) -> Void) {
        guard streamForm == .array else {
            change(&actions, eventPlaces)
            return
        }
        var elements = ArrayElements.alone(actions)
        change(&elements, PlanEvents.places(in: elements, .array))
        actions = ArrayElements.joined(elements)
    }

    /// Changes what each event says; the body, where it is no stream.
    ///
    /// - Parameter change: gets the JSON text and the event's number from 0.
    mutating func changeTexts(_ change: (inout [UInt8], _ number: Int) -> Void) {
        let form = streamForm
        changeEvents { actions, places in
            for (number, place) in places.enumerated() {
                guard case .send(var bytes) = actions[place],
                    let range = PlanEvents.text(in: bytes, form)
                else { continue }
                var text = Array(bytes[range])
                change(&text, number)
                bytes.replaceSubrange(range, with: text)
                actions[place] = .send(bytes)
            }
        }
    }

    /// Changes the lines of each server-sent event; any other body stays.
    mutating func changeLines(_ change: (inout EventLines, _ number: Int) -> Void) {
        guard streamForm == .events else { return }
        for (number, place) in eventPlaces.enumerated() {
            guard case .send(let bytes) = actions[place] else { continue }
            var lines = EventLines(bytes)
            change(&lines, number)
            actions[place] = .send(lines.bytes)
        }
    }

    /// How the stream ends its lines: LF in streams of the Interactions API, CRLF in all others.
    var lineEnd: [UInt8] {
        guard let place = eventPlaces.first, case .send(let bytes) = actions[place],
            let first = EventLines(bytes).lines.first
        else { return EventLines.crlf }
        return first.end
    }

    /// Whether the stream is one of the Interactions API: its events have names.
    var isOfInteractions: Bool {
        guard streamForm == .events, let place = eventPlaces.first, case .send(let bytes) = actions[place]
        else { return false }
        return EventLines(bytes).name != nil
    }
}

private enum PlanEvents {
    static func places(in actions: [WireAction], _ form: StreamForm?) -> [Int] {
        actions.indices.filter { index in
            guard case .send(let bytes) = actions[index] else { return false }
            return form != .events || EventLines(bytes).dataLine != nil
        }
    }

    static func beginning(of actions: [WireAction], bytes count: Int) -> [WireAction] {
        var rest = count
        var beginning: [WireAction] = []
        for action in actions {
            guard rest > 0 else { break }
            guard case .send(let bytes) = action else {
                beginning.append(action)
                continue
            }
            beginning.append(bytes.count <= rest ? action : .send(Array(bytes.prefix(rest))))
            rest -= bytes.count
        }
        return beginning
    }

    /// Where the JSON of a write stands; nil where it has none, or it is spread over several lines.
    static func text(in bytes: [UInt8], _ form: StreamForm?) -> Range<Int>? {
        switch form {
        case .events:
            let lines = EventLines(bytes)
            guard let line = lines.dataLine, lines.dataLineCount == 1 else { return nil }
            let start = lines.lines[..<line].reduce(0) { $0 + $1.text.count + $1.end.count }
            let text = lines.lines[line].text
            return start + EventLines.valueStart(in: text)..<start + text.count
        case .array: return bytes.indices
        case nil:
            let end = bytes.last == UInt8(ascii: "\n") ? bytes.count - 1 : bytes.count
            return 0..<end
        }
    }
}

extension LiveActions {
    /// The same actions up to a point. Position and count share the one number that a player keeps.
    fileprivate func beginning(upTo point: WirePoint) -> LiveActions {
        LiveActions { position in
            var inner = position & 0xFFFF_FFFF
            let passed = position >> 32
            let rest = point.count - passed
            guard rest > 0, var action = self.next(&inner) else { return nil }
            var step = 0
            if case .send(let bytes) = action {
                switch point {
                case .events: step = 1
                case .bytes:
                    step = min(rest, bytes.count)
                    action = .send(Array(bytes.prefix(rest)))
                }
            }
            position = inner | (passed + step) << 32
            return action
        }
    }
}

/// The elements of a streamed array: `[{…}`, then `\n,\r\n{…}` for each further one, `\n]` at the end (CORE 4.6).
private enum ArrayElements {
    private static let separator = Array("\n,\r\n".utf8)
    private static let end = Array("\n]".utf8)

    static func alone(_ actions: [WireAction]) -> [WireAction] {
        if actions == [.send(Array("[]".utf8))] { return [] }
        let places = PlanEvents.places(in: actions, .array)
        var actions = actions
        for (number, place) in places.enumerated() {
            guard case .send(var bytes) = actions[place] else { continue }
            if number == places.count - 1, bytes.suffix(2).elementsEqual(end) { bytes.removeLast(2) }
            if number == 0, bytes.first == UInt8(ascii: "[") {
                bytes.removeFirst()
            } else if bytes.starts(with: separator) {
                bytes.removeFirst(separator.count)
            }
            actions[place] = .send(bytes)
        }
        return actions
    }

    static func joined(_ elements: [WireAction]) -> [WireAction] {
        let places = PlanEvents.places(in: elements, .array)
        guard !places.isEmpty else { return [.send(Array("[]".utf8))] + elements }
        var actions = elements
        for (number, place) in places.enumerated() {
            guard case .send(let bytes) = elements[place] else { continue }
            actions[place] = .send(
                (number == 0 ? Array("[".utf8) : separator) + bytes
                    + (number == places.count - 1 ? end : []))
        }
        return actions
    }
}
