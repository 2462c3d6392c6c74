// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The fields of one map that are known, each read by its name. Unknown and missing ones are reported when it is made.
struct CaseFields {
    let whole: LocatedJSON
    private let fields: [String: LocatedJSON]

    /// - Parameter more: names that are known besides those of the form.
    /// - Returns: nil where the value is no map.
    init?(_ value: LocatedJSON, as form: MapForm, and more: [String] = [], _ problems: CaseProblemList) {
        guard case .map(let fields) = value.kind else {
            problems.add(value, "\(form.title) must be a map, found \(value.found)")
            return nil
        }
        whole = value
        self.fields = Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let names = form.names + more
        for field in fields where !names.contains(field.name) {
            problems.add(
                at: field.place, "\(form.title) has no “\(field.name)”",
                suggestion: Suggestion.nearest(to: field.name, among: names))
        }
        for name in form.required where self.fields[name] == nil {
            problems.add(value, "\(form.title) needs “\(name)”")
        }
    }

    subscript(name: String) -> LocatedJSON? { fields[name] }

    /// Which of some names are there.
    func present(_ names: [String]) -> [String] { names.filter { fields[$0] != nil } }
}
