// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The names that objects in the JSON bodies of all requests that are chosen may have:
/// `members: /contents/*/parts/*`, `among: [text, …]`; `*` stands for each element of a list.
struct MembersRule: CheckRule {
    static let keyword = "members"
    static let parameters = ["among", "of"]

    private let path: String
    private let names: [String]
    private let among: [String]
    private let selector: RequestSelector

    init?(_ value: LocatedJSON, _ fields: CaseFields, _ decoder: SuiteDecoder) {
        // The whole body has an empty one.
        guard case .string(let text) = value.kind, JSONPath(text) != nil else {
            decoder.problems.add(value, "a JSON pointer is expected here, found \(value.found)")
            return nil
        }
        path = text
        names = text.split(separator: "/").map(String.init)
        among = fields["among"].map { decoder.problems.texts($0) } ?? []
        if among.isEmpty { decoder.problems.add(value, "“members” needs “among” beside it") }
        selector = RequestSelector(of: fields, decoder)
    }

    var expected: String {
        "\(path.isEmpty ? "the body" : path) in \(selector.text) has no other members than \(among.joined(separator: ", "))"
    }

    func judge(_ evidence: Evidence) -> CheckResult.Outcome {
        let chosen = selector.chosen(from: evidence.log)
        guard !chosen.isEmpty else { return evidence.lacks("no such request") }
        for (number, exchange) in chosen {
            guard let document = try? JSONDocument(parsing: exchange.request.body, grammar: .strict) else {
                return .failed(got: "a body that is no JSON", exchange: number)
            }
            if let stranger = stranger(in: JSON(document.root), names[...]) {
                return .failed(got: "“\(ValueText.cut(stranger))”", exchange: number)
            }
        }
        return .passed(got: "no others")
    }

    /// The first name that isn't among those.
    private func stranger(in value: JSON, _ names: ArraySlice<String>) -> String? {
        guard let name = names.first else {
            guard case .object(let members) = value else { return nil }
            return members.first { !among.contains($0.name) }?.name
        }
        if name == "*" {
            guard case .array(let elements) = value else { return nil }
            return elements.lazy.compactMap { stranger(in: $0, names.dropFirst()) }.first
        }
        return value[name].flatMap { stranger(in: $0, names.dropFirst()) }
    }
}
