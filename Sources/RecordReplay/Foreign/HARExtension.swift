// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What HAR has no place for: the member `_geminiMock` of entries, which other programs pass over (HAR 1.2: names that begin
/// with `_`).
///
/// ```json
/// {"framing": "chunked", "ending": "reset", "writes": [[412500, 1024]], "answerBase64": "…", "requestLeftOut": "<sha256>",
///  "matching": {"inOrder": true, "ignoredPointers": ["/labels"]}}
/// ```
/// `matching` is that of the recording, with the members of `recording.json`, in each entry: a HAR may have several recordings.
/// Times are microseconds since the request had been sent whole. `answerBase64` and `requestBase64` are a compressed body as it
/// was sent, and count only where what is in them is what stands in the entry, since that is what people change.
enum HARExtension {
    static let name = "_geminiMock"

    static func read(_ entry: SourceNode, into exchange: inout SourceExchange) throws(SourceProblem) {
        guard let node = entry[name] else { return }
        exchange.isOurs = true
        if let framing = node["framing"]?.text.flatMap(RecordedAnswer.Framing.init) {
            exchange.framing = framing
        }
        if let ending = node["ending"]?.text.flatMap(RecordedAnswer.Ending.init) { exchange.ending = ending }
        exchange.matching = try node["matching"].map(matching) ?? Recording.Matching()
        exchange.requestBody = try body(exchange.requestBody, node, "request")
        exchange.answerBody = try body(exchange.answerBody, node, "answer")
        guard let writes = node["writes"] else {
            exchange.writes = []
            return
        }
        exchange.writes = try self.writes(writes)
        // Somebody has changed the body.
        let length = exchange.answerBody.recorded.length
        if exchange.writes.reduce(0, { $0 &+ $1.count }) != length { exchange.writes = [] }
    }

    private static func body(_ body: SourceBody, _ node: SourceNode, _ side: String) throws(SourceProblem)
        -> SourceBody
    {
        if let hash = node["\(side)LeftOut"]?.text, case .missing(let length) = body, isHash(hash) {
            return .leftOut(length, sha256: hash)
        }
        guard let raw = node["\(side)Base64"], case .bytes(let shown, _) = body else { return body }
        let coded = try SourceBody(base64: raw)
        guard case .bytes(let bytes, _) = coded, Gzip.decode(bytes, limit: shown.count)?.bytes == shown
        else { return body }
        return coded
    }

    private static func matching(_ node: SourceNode) throws(SourceProblem) -> Recording.Matching {
        var matching = Recording.Matching()
        matching.isInOrder = node["inOrder"]?.text == "true"
        matching.ignoredPointers = try texts(node["ignoredPointers"])
        matching.ignoredParameters = try texts(node["ignoredParameters"])
        matching.headers = try texts(node["headers"])
        for pointer in matching.ignoredPointers where !pointer.isEmpty && !pointer.hasPrefix("/") {
            throw SourceProblem(
                node, "“\(SourceText.shown(pointer))” is no JSON Pointer: those begin with “/”")
        }
        return matching
    }

    private static func texts(_ node: SourceNode?) throws(SourceProblem) -> [String] {
        var texts: [String] = []
        for element in node?.elements ?? [] {
            guard let text = element.text else {
                throw SourceProblem(element, "what is in “matching” must be texts, found \(element.words)")
            }
            texts.append(text)
        }
        return texts
    }

    private static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy {
                0x30...0x39 ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            }
    }

    private static func writes(_ node: SourceNode) throws(SourceProblem) -> [RecordedAnswer.Write] {
        var writes: [RecordedAnswer.Write] = []
        for element in node.elements {
            let pair = element.elements
            guard pair.count == 2, let at = pair[0].int, let count = pair[1].int, 0..<(1 << 50) ~= at,
                0..<(1 << 40) ~= count
            else { throw SourceProblem(element, "a write is microseconds and bytes") }
            writes.append(RecordedAnswer.Write(at: at, count: count))
        }
        return writes
    }

    static func value(of exchange: RecordedExchange, _ matching: Recording.Matching) -> JSON {
        var members: [JSON.Member] = []
        let (request, answer) = (exchange.request, exchange.answer)
        members.append(JSON.Member("framing", .string(answer.framing.rawValue)))
        if answer.ending != .complete {
            members.append(JSON.Member("ending", .string(answer.ending.rawValue)))
        }
        if !answer.writes.isEmpty {
            members.append(
                JSON.Member("writes", .array(answer.writes.map { .array([.int($0.at), .int($0.count)]) })))
        }
        for (side, body, fields) in [
            ("request", request.body, request.fields), ("answer", answer.body, answer.fields),
        ] {
            if let bytes = body.bytes, HARBody.decoded(bytes, fields) != nil {
                members.append(JSON.Member("\(side)Base64", .string(Base64Encoding.standard(bytes))))
            }
            if body.bytes == nil, let hash = body.sha256 {
                members.append(JSON.Member("\(side)LeftOut", .string(hash)))
            }
        }
        if matching != Recording.Matching() { members.append(JSON.Member("matching", value(of: matching))) }
        return .object(members)
    }

    private static func value(of matching: Recording.Matching) -> JSON {
        func texts(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
        let lists = [
            JSON.Member("ignoredPointers", texts(matching.ignoredPointers)),
            JSON.Member("ignoredParameters", texts(matching.ignoredParameters)),
            JSON.Member("headers", texts(matching.headers)),
        ]
        return .object(
            (matching.isInOrder ? [JSON.Member("inOrder", true)] : []) + lists.filter { $0.value != [] })
    }
}
