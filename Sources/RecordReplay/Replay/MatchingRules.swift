// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What of a request counts, for a recording. Requests with the same key are the same to it.
public struct MatchingRules: Sendable {
    public let matching: Recording.Matching
    private let parameters: Set<String>
    /// In lower case.
    public let headers: [String]
    private let body: BodyMeaning

    init(_ matching: Recording.Matching) {
        self.matching = matching
        parameters = Set(matching.ignoredParameters)
        headers = matching.headers.map { $0.lowercased() }
        body = BodyMeaning(ignored: IgnoredPlaces(matching.ignoredPointers))
    }

    /// All but the body: method, path, what of the query counts, and the fields that were asked for.
    func headKey(_ asked: AskedRequest) -> Meaning {
        var key = Meaning()
        key.add(asked.method)
        for segment in asked.head.target.segments { key.add(segment) }
        key.add(query(asked.head))
        for name in headers {
            let values = asked.head.fields.values(name)
            key.add(UInt64(values.count))
            for value in values { key.add(value) }
        }
        return key
    }

    private func query(_ head: RequestHead) -> Meaning {
        var meaning = Meaning()
        for item in items(of: head) {
            meaning.add(item.name)
            meaning.add(item.value)
        }
        return meaning
    }

    /// The items of the query that count, by name; those of one name in their order.
    public func items(of head: RequestHead) -> [RequestTarget.QueryItem] {
        guard !head.target.query.isEmpty else { return [] }
        let items = head.target.query.filter { item in
            !parameters.contains(item.name) && !CredentialFields.queryParameters.contains(item.name)
                && !CredentialFields.isCredential(named: item.name)
        }
        return items.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
            .map(\.element)
    }

    /// The key of a request of which the body's bytes are known.
    func key(_ head: Meaning, _ asked: AskedRequest, masked: Bool = false) -> Meaning {
        var (key, json) = (head, asked.json)
        var bytes = asked.body.bytes ?? []
        if masked {
            // What must not be kept was masked before it was recorded.
            let request = RecordedRequest(
                method: asked.head.method, target: asked.head.target.raw, fields: asked.head.fields.all,
                body: asked.body)
            bytes =
                Redaction.recorded(
                    RecordedExchange(request: request, answer: RecordedAnswer(status: 200))
                ).request.body.bytes ?? []
            json = nil
        }
        key.add(body.meaning(of: bytes, json: json, type: asked.head.fields["content-type"]))
        return key
    }

    /// The same of a recorded request.
    func key(_ head: Meaning, _ request: RecordedRequest) -> Meaning {
        guard let bytes = request.body.bytes else {
            return key(head, length: request.body.length, sha256: request.body.sha256 ?? "")
        }
        var key = head
        // Looked for where it stands: a recording has many requests.
        let type = request.fields.first { $0.name.utf8.count == 12 && $0.name.lowercased() == "content-type" }
        key.add(body.meaning(of: bytes, type: type?.value))
        return key
    }

    /// The key of one whose body was left out.
    func key(_ head: Meaning, length: Int, sha256: String) -> Meaning {
        var key = head
        key.add(UInt64(length))
        key.add(sha256)
        return key
    }

    /// Whether a place of the body, told by a JSON Pointer, may differ.
    public func ignores(_ pointer: String) -> Bool { body.ignored.includes(pointer) }
}
