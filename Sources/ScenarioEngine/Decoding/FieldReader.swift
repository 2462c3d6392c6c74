// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import YAMLReading

/// The fields of one map that are known, each read by its name. Unknown and missing ones are reported when it is made.
struct FieldReader {
    let place: Place
    private let fields: [String: LocatedValue.Field]
    private let order: [LocatedValue.Field]

    /// - Returns: nil where the value is no map.
    init?(_ value: LocatedValue, as form: ScenarioForm, _ problems: ProblemList) {
        guard case .map(let fields) = value.kind else {
            problems.add(value.place, "\(form.title) must be a map, found \(value.description)")
            return nil
        }
        place = value.place
        order = fields
        self.fields = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = form.names
        for field in fields where !names.contains(field.name) && !problems.isFull {
            problems.add(
                field.place, "\(form.title) has no \(Quoted.text(field.name))",
                suggestion: Suggestion.nearest(to: field.name, among: names))
        }
        for name in form.required where self.fields[name] == nil {
            problems.add(value.place, "\(form.title) needs “\(name)”")
        }
    }

    subscript(name: String) -> LocatedValue? { fields[name]?.value }

    /// Those of `names` that are there, in the order of the file.
    func present(_ names: [String]) -> [LocatedValue.Field] { order.filter { names.contains($0.name) } }
}
