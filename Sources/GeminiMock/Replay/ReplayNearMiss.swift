// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay
import ScenarioEngine

/// Why a recorded request isn't the one that came, told like a stub that doesn't match.
enum ReplayNearMiss {
    /// So many are looked at closely.
    private static let closeLooks = 20

    /// The recorded requests that came nearest, the nearest first.
    static func nearest(_ most: Int, to asked: AskedRequest, by tenant: String, in replayer: Replayer)
        -> [NearMiss]
    {
        let redactor = Redactor(of: asked.head)
        let body = ComparedBody(asked)
        let misses = replayer.candidates(for: asked, by: tenant, most: closeLooks).map { candidate in
            NearMiss(identity(candidate), comparison(candidate, asked, body, redactor))
        }
        let ranked = misses.enumerated().sorted {
            ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset)
        }
        return ranked.prefix(most).map(\.element)
    }

    private static func identity(_ candidate: ReplayCandidate) -> StubIdentity {
        let head = candidate.request.head
        return StubIdentity(
            name: LogText.plain("\(head.method) \(head.target.path)"), scenario: candidate.place.name,
            place: "recording \(candidate.place.name), exchange \(candidate.place.number)")
    }

    private static func comparison(
        _ candidate: ReplayCandidate, _ asked: AskedRequest, _ body: ComparedBody, _ redactor: Redactor
    ) -> Comparison {
        let (recorded, rules) = (candidate.request.head, candidate.rules)
        var checks = [
            check("method", recorded.method, asked.head.method, redactor),
            check("path", path(recorded), path(asked.head), redactor),
            check("query", query(rules.items(of: recorded)), query(rules.items(of: asked.head)), redactor),
        ]
        for name in rules.headers {
            let (expected, got) = (recorded.fields.values(name), asked.head.fields.values(name))
            // What was a credential was left out of the recording.
            let isSecret = CredentialFields.isCredential(named: name)
            checks.append(
                check(
                    "header \(name)", isSecret ? "a certain value" : expected.joined(separator: ", "),
                    isSecret
                        ? (expected == got ? "a certain value" : "another one")
                        : got.joined(separator: ", "), redactor))
        }
        let (bodyCheck, distance) = body.check(
            against: candidate.request, rules, isSame: candidate.isOutOfOrder, redactor)
        checks.append(bodyCheck)
        if let expected = candidate.expected {
            checks.append(
                Comparison.Check(
                    name: "order", difference: ("exchange \(expected) next", "this one")))
        }
        let misses = checks.dropLast(candidate.expected == nil ? 1 : 2).count { $0.difference != nil }
        // A body that is other is nearer than a path that is.
        let sum = Double(2 * misses) + distance + (candidate.expected == nil ? 0 : 0.1)
        return Comparison(distance: min(1, max(0.001, sum / 8)), checks: checks)
    }

    private static func check(_ name: String, _ expected: String, _ got: String, _ redactor: Redactor)
        -> Comparison.Check
    {
        guard expected != got else { return Comparison.Check(name: name, difference: nil) }
        return Comparison.Check(name: name, difference: (shown(expected, redactor), shown(got, redactor)))
    }

    private static func shown(_ text: String, _ redactor: Redactor) -> String {
        text.isEmpty ? "nothing" : redactor.text(LogText.plain(String(text.prefix(300))))
    }

    private static func path(_ head: RequestHead) -> String {
        "/" + head.target.segments.joined(separator: "/")
    }

    private static func query(_ items: [RequestTarget.QueryItem]) -> String {
        items.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }
}

/// The body of a request that is compared with recorded ones, parsed once.
private struct ComparedBody {
    private let body: RecordedBody
    private let json: JSONView?

    init(_ asked: AskedRequest) {
        body = asked.body
        json = ComparedBody.json(asked.body)
    }

    /// - Returns: how far off it is, too: 0 to 1.
    func check(
        against recorded: AskedRequest, _ rules: MatchingRules, isSame: Bool, _ redactor: Redactor
    ) -> (Comparison.Check, distance: Double) {
        let fits = (Comparison.Check(name: "body", difference: nil), 0.0)
        if isSame { return fits }
        guard let json, let pattern = ComparedBody.json(recorded.body) else {
            let (expected, got) = (words(recorded.body), words(body))
            if recorded.body == body { return fits }
            return (
                Comparison.Check(
                    name: "body", difference: expected == got ? (expected, "others") : (expected, got)), 1
            )
        }
        let differences = JSONSubset(JSON(pattern), isExact: true).differences(json)
            .filter { !rules.ignores($0.pointer) }.map { $0.redacted(by: redactor) }
        guard let first = differences.first else { return fits }
        let place = first.pointer.isEmpty ? "" : " at \(first.pointer)"
        let check = Comparison.Check(
            name: "body", difference: (first.expected + place, first.got), differences: differences)
        return (check, min(1, Double(differences.count) / 20))
    }

    /// Longer ones aren't looked into: twenty of them would take a second.
    private static let longest = 1024 * 1024

    private static func json(_ body: RecordedBody) -> JSONView? {
        guard let bytes = body.bytes, bytes.count <= longest else { return nil }
        return try? JSONDocument(parsing: bytes.isEmpty ? Array("{}".utf8) : bytes).root
    }

    private func words(_ body: RecordedBody) -> String {
        let hash = body.sha256.map { " with the SHA-256 \($0)" } ?? ""
        return "\(body.length) bytes\(hash)"
    }
}
