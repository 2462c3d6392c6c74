// SPDX-License-Identifier: Apache-2.0

/// A value of a text that people write, with the place where it stands: what is wrong with it can be told with its line.
/// Who reads the text (YAML or JSON) and who judges what it says needn't know each other.
package struct LocatedJSON: Sendable, Equatable {
    package let kind: Kind
    package let place: TextPlace

    package enum Kind: Sendable, Equatable {
        case null
        case bool(Bool)
        case int(Int)
        case double(Double)
        case string(String)
        case list([LocatedJSON])
        case map([Field])
    }

    /// A name of a map, where the name stands, and its value.
    package struct Field: Sendable, Equatable {
        package let name: String
        package let place: TextPlace
        package let value: LocatedJSON

        package init(name: String, place: TextPlace, value: LocatedJSON) {
            (self.name, self.place, self.value) = (name, place, value)
        }
    }

    package init(kind: Kind, place: TextPlace) {
        (self.kind, self.place) = (kind, place)
    }

    /// What it is, for people.
    ///
    /// - Parameter quoted: how a text is shown.
    package func words(_ quoted: (String) -> String) -> String {
        switch kind {
        case .null: "nothing"
        case .bool(let value): "\(value)"
        case .int(let value): "the number \(value)"
        case .double(let value): "the number \(value)"
        case .string(let value): "the text \(quoted(value))"
        case .list: "a list"
        case .map: "a map"
        }
    }

    /// The value without places, members in the order of the text.
    package var json: JSON {
        switch kind {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .string(let value): .string(value)
        case .list(let values): .array(values.map(\.json))
        case .map(let fields): .object(fields.map { JSON.Member($0.name, $0.value.json) })
        }
    }
}
