// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Reads the interactions of vcrpy (also with `parsed_body`, as the serializer of pydantic-ai writes them) and of Ruby's VCR.
struct CassetteReader: SourceReader {
    /// vcrpy's YAML sorts all names; its JSON doesn't.
    let isSorted: Bool

    func url(of node: SourceNode) throws(SourceProblem) -> SourceURL? {
        try SourceExchange.url(message("request", of: node), "uri")
    }

    func exchange(_ node: SourceNode, to url: SourceURL) throws(SourceProblem) -> SourceExchange? {
        let request = try message("request", of: node)
        let response = try message("response", of: node)
        var losses: Set<ImportLoss> = []
        let exchange = SourceExchange(
            url: url, method: try SourceExchange.method(request),
            requestFields: try SourceFields.read(request["headers"]),
            requestBody: try CassetteReader.body(of: request, &losses),
            status: try CassetteReader.status(of: response),
            answerFields: try SourceFields.read(response["headers"]),
            answerBody: try CassetteReader.body(of: response, &losses),
            losses: losses)
        return sorted(exchange)
    }

    private func sorted(_ exchange: SourceExchange) -> SourceExchange {
        guard isSorted, exchange.requestFields.count + exchange.answerFields.count > 2 else {
            return exchange
        }
        var exchange = exchange
        exchange.losses.insert(.order)
        return exchange
    }

    private static func status(of response: SourceNode) throws(SourceProblem) -> Int {
        guard let status = response["status"], status.kind == .map else {
            return try SourceExchange.status(response, "status")
        }
        return try SourceExchange.status(status, "code")
    }

    private static func body(of message: SourceNode, _ losses: inout Set<ImportLoss>) throws(SourceProblem)
        -> SourceBody
    {
        if let parsed = message["parsed_body"] {
            losses.insert(.spelling)
            return .bytes(try ParsedBody.pythonBytes(parsed), isText: true)
        }
        guard let body = message["body"] else { return .none }
        guard body.kind == .map, body.tag == nil || body["string"] != nil else { return try SourceBody(body) }
        if let encoded = body["base64_string"] { return try SourceBody(base64: encoded) }
        guard let text = body["string"] else { return .none }
        let read = try SourceBody(text)
        guard body["encoding"]?.text?.uppercased() == "ISO-8859-1" else { return read }
        return CassetteReader.latin1(read)
    }

    /// Ruby's YAML is UTF-8 whatever its strings were in.
    private static func latin1(_ body: SourceBody) -> SourceBody {
        guard case .bytes(let bytes, isText: true) = body else { return body }
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
        guard scalars.allSatisfy({ $0.value < 0x100 }) else { return body }
        return .bytes(scalars.map { UInt8(truncatingIfNeeded: $0.value) }, isText: true)
    }
}
