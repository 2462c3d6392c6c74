// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The fields of one map that are known, each read by its name. Unknown and missing ones are reported when it is made.
struct FieldReader {
    let place: TextPlace
    private let fields: [String: LocatedJSON.Field]
    private let order: [LocatedJSON.Field]

    /// - Returns: nil where the value is no map.
    init?(_ value: LocatedJSON, as form: MapForm, _ problems: ProblemList) {
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

    subscript(name: String) -> LocatedJSON? { fields[name]?.value }

    /// Those of `names` that are there, in the order of the file.
    func present(_ names: [String]) -> [LocatedJSON.Field] { order.filter { names.contains($0.name) } }
}
