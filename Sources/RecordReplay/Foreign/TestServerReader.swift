// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Reads the interactions of google/test-server: bodies are JSON objects, of a stream one for each event, and header fields of
/// one name are joined. What is made of them is what test-server itself replays (its `replay_http_server.go`).
struct TestServerReader: SourceReader {
    func exchange(_ node: SourceNode, to url: SourceURL) throws(SourceProblem) -> SourceExchange? {
        let request = try message("request", of: node)
        let response = try message("response", of: node)
        let sent = (request["bodySegments"]?.elements ?? []).filter { $0.kind != .null }
        let came = (response["bodySegments"]?.elements ?? []).filter { $0.kind != .null }
        let isStream = url.target.contains("alt=sse")
        var exchange = SourceExchange(
            url: url, method: try SourceExchange.method(request),
            requestFields: try SourceFields.read(request["headers"]).filter {
                // For test-server alone.
                $0.name.lowercased() != "test-name"
            },
            requestBody: try TestServerReader.body(sent, isStream: false),
            status: try SourceExchange.status(response, "statusCode"),
            answerFields: try SourceFields.read(response["headers"]),
            answerBody: try TestServerReader.body(came, isStream: isStream),
            losses: [.order])
        if !(sent.isEmpty && came.isEmpty) { exchange.losses.insert(.spelling) }
        if came.isEmpty, exchange.status != 204 { exchange.losses.insert(.emptyBodies) }
        return exchange
    }

    func url(of node: SourceNode) throws(SourceProblem) -> SourceURL? {
        let request = try message("request", of: node)
        let path = request["url"]?.text ?? ""
        if let url = SourceURL(path) { return url }
        guard let host = request["serverAddress"]?.text, path.hasPrefix("/") else {
            throw .missing("url", "a path beside “serverAddress”, or a URL", in: request)
        }
        let scheme = request["protocol"]?.text ?? "https"
        let port = request["port"]?.int.map { ":\($0)" } ?? ""
        guard let url = SourceURL("\(scheme)://\(host)\(port)\(path)") else {
            throw .missing("serverAddress", "a host", in: request)
        }
        return url
    }

    private static func body(_ segments: [SourceNode], isStream: Bool) throws(SourceProblem) -> SourceBody {
        guard isStream else {
            guard let only = segments.first else { return .none }
            return .bytes(try ParsedBody.compactBytes(only), isText: true)
        }
        var bytes: [UInt8] = []
        for segment in segments {
            bytes += "data: ".utf8
            bytes += try ParsedBody.compactBytes(segment)
            bytes += "\n\n".utf8
        }
        return .bytes(bytes, isText: true)
    }
}
