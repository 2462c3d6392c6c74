// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import YAMLReading

/// A text in YAML, of which JSON is a part, read for somebody who judges it by other rules than those of scenarios.
package enum LocatedDocument {
    /// - Parameter file: its name in problems.
    /// - Throws: all that is wrong with the text.
    package static func read(_ bytes: [UInt8], file: String) throws(ScenarioProblems) -> LocatedJSON {
        let document = DocumentReader.read(bytes, file: file)
        guard let value = document.value, document.problems.isEmpty else {
            throw ScenarioProblems(document.problems)
        }
        return LocatedJSON(value)
    }
}

extension LocatedJSON {
    init(_ value: LocatedValue) {
        let kind: Kind =
            switch value.kind {
            case .null: .null
            case .bool(let value): .bool(value)
            case .int(let value): .int(value)
            case .double(let value): .double(value)
            case .string(let value): .string(value)
            case .list(let values): .list(values.map { LocatedJSON($0) })
            case .map(let fields):
                .map(
                    fields.map { field in
                        Field(
                            name: field.name, line: field.place.line, column: field.place.column,
                            value: LocatedJSON(field.value))
                    })
            }
        self.init(kind, line: value.place.line, column: value.place.column)
    }
}

extension LocatedValue {
    init(_ value: LocatedJSON) {
        place = Place(line: value.line, column: value.column)
        kind =
            switch value.kind {
            case .null: .null
            case .bool(let value): .bool(value)
            case .int(let value): .int(value)
            case .double(let value): .double(value)
            case .string(let value): .string(value)
            case .list(let values): .list(values.map { LocatedValue($0) })
            case .map(let fields):
                .map(
                    fields.map { field in
                        Field(
                            name: field.name, place: Place(line: field.line, column: field.column),
                            value: LocatedValue(field.value))
                    })
            }
    }
}

extension MockScenario {
    /// What stands in a file of another kind, without its name.
    ///
    /// - Parameter file: its name in problems.
    package init(name: String, _ value: LocatedJSON, file: String) {
        let named = LocatedValue(kind: .string(name), place: Place(line: value.line, column: value.column))
        guard case .map(let fields) = LocatedValue(value).kind else {
            self.init(located: LocatedValue(value), file: file)
            return
        }
        let field = LocatedValue.Field(name: "name", place: named.place, value: named)
        self.init(
            located: LocatedValue(kind: .map([field] + fields), place: named.place), file: file)
    }
}
