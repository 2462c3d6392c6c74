// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A text in YAML, of which JSON is a part, read for somebody who judges it by other rules than those of scenarios.
package enum LocatedDocument {
    /// - Parameter file: its name in problems.
    /// - Throws: all that is wrong with the text.
    package static func read(_ bytes: [UInt8], file: String) throws(ScenarioProblems) -> LocatedJSON {
        let document = DocumentReader.read(bytes, file: file)
        guard let value = document.value, document.problems.isEmpty else {
            throw ScenarioProblems(document.problems)
        }
        return value
    }
}

extension MockScenario {
    /// What stands in a file of another kind, without its name.
    ///
    /// - Parameter file: its name in problems.
    package init(name: String, _ value: LocatedJSON, file: String) {
        let named = LocatedJSON(kind: .string(name), place: value.place)
        guard case .map(let fields) = value.kind else {
            self.init(located: value, file: file)
            return
        }
        let field = LocatedJSON.Field(name: "name", place: named.place, value: named)
        self.init(
            located: LocatedJSON(kind: .map([field] + fields), place: named.place), file: file)
    }
}
