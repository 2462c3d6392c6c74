// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Makes a map as if it had been read from a file, all of it on one line.
struct MapBuilder {
    let place: TextPlace
    private var fields: [LocatedJSON.Field] = []

    init(line: Int) {
        place = TextPlace(line: line, column: 1)
    }

    var isEmpty: Bool { fields.isEmpty }
    var value: LocatedJSON { LocatedJSON(kind: .map(fields), place: place) }

    /// Nil adds nothing.
    mutating func add(_ name: String, _ value: LocatedJSON?) {
        if let value { fields.append(LocatedJSON.Field(name: name, place: place, value: value)) }
    }

    mutating func add(_ name: String, _ json: JSON?) {
        add(name, json.map { LocatedJSON($0, at: place) })
    }

    /// As files write it.
    mutating func add(_ name: String, _ duration: Duration?) {
        add(name, duration.map { JSON.string(MapBuilder.text($0)) })
    }

    /// An empty list adds nothing.
    mutating func add(_ name: String, _ names: [String]) {
        if !names.isEmpty { add(name, .array(names.map { .string($0) })) }
    }

    /// In milliseconds, with as many decimals as it needs.
    static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let (milliseconds, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
        let nanoseconds = String(rest / 1_000_000_000)
        let whole = "\(Double(seconds) < 1e14 ? seconds * 1000 + milliseconds : Int64.max)"
        return "\(whole).\(String(repeating: "0", count: max(0, 6 - nanoseconds.count)))\(nanoseconds)ms"
    }
}

extension LocatedJSON {
    /// A value that stands at one place as a whole.
    init(_ json: JSON, at place: TextPlace) {
        let kind: Kind =
            switch json {
            case .null: .null
            case .bool(let value): .bool(value)
            case .int(let value): .int(value)
            case .double(let value): .double(value)
            case .string(let value): .string(value)
            case .array(let values): .list(values.map { LocatedJSON($0, at: place) })
            case .object(let members):
                .map(
                    members.map { member in
                        Field(name: member.name, place: place, value: LocatedJSON(member.value, at: place))
                    })
            }
        self.init(kind: kind, place: place)
    }
}
