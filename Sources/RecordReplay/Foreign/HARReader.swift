// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Reads the entries of HAR 1.2, as browsers, mitmproxy and `HARWriter` write them. Names that it doesn't know are passed over.
struct HARReader: SourceReader {
    /// Browsers have `data:`, `blob:` and WebSockets among their entries.
    func url(of node: SourceNode) throws(SourceProblem) -> SourceURL? {
        let request = try message("request", of: node)
        let text = request["url"]?.text ?? ""
        let scheme = text.prefix { $0.isASCII && $0.isLetter || $0 == "-" }
        let isOther = text.dropFirst(scheme.count).first == ":" && !scheme.lowercased().hasPrefix("http")
        return isOther ? nil : try SourceExchange.url(request, "url")
    }

    func exchange(_ node: SourceNode, to url: SourceURL) throws(SourceProblem) -> SourceExchange? {
        let request = try message("request", of: node)
        let response = try message("response", of: node)
        // A request that was blocked or broken off has the status 0; 101 begins what isn't HTTP any more.
        if let status = response["status"]?.int, status < 200 { return nil }
        var exchange = SourceExchange(
            url: url, method: try SourceExchange.method(request),
            requestFields: try SourceFields.read(request["headers"]),
            requestBody: try HARReader.requestBody(request),
            status: try SourceExchange.status(response, "status"),
            answerFields: try SourceFields.read(response["headers"]),
            answerBody: try HARReader.answerBody(response))
        if let made = node["startedDateTime"]?.text, HARReader.isTime(made),
            made != HARWriter.unknownTime
        {
            exchange.made = made
        }
        if let wait = node["timings"]?["wait"]?.double, 0..<1e10 ~= wait,
            case .bytes(let bytes, _) = exchange.answerBody, !bytes.isEmpty
        {
            exchange.writes = [RecordedAnswer.Write(at: Int(wait * 1000), count: bytes.count)]
        }
        try HARExtension.read(node, into: &exchange)
        return exchange
    }

    /// Digits and what stands between them in RFC 3339.
    static func isTime(_ text: String) -> Bool {
        20...40 ~= text.utf8.count
            && text.utf8.allSatisfy { 0x30...0x39 ~= $0 || "-+:.TZ".utf8.contains($0) }
    }

    private static func requestBody(_ request: SourceNode) throws(SourceProblem) -> SourceBody {
        guard let data = request["postData"] else {
            // Firefox has no `postData` where it couldn't keep it.
            guard let size = request["bodySize"]?.int, size > 0 else { return .none }
            return .missing(size)
        }
        if let text = data["text"] {
            // The second is none of HAR's, but written by some.
            let encoding = (data["_encoding"] ?? data["encoding"])?.text
            return encoding == "base64" ? try SourceBody(base64: text) : try SourceBody(text)
        }
        let params = data["params"]?.elements ?? []
        guard !params.isEmpty else { return .none }
        guard data["mimeType"]?.text?.hasPrefix("application/x-www-form-urlencoded") ?? false else {
            return .missing(max(0, request["bodySize"]?.int ?? 0))
        }
        let items = params.map { "\($0["name"]?.text ?? "")=\($0["value"]?.text ?? "")" }
        return .bytes(Array(items.joined(separator: "&").utf8), isText: true)
    }

    private static func answerBody(_ response: SourceNode) throws(SourceProblem) -> SourceBody {
        guard let content = response["content"] else { return .none }
        guard let text = content["text"] else {
            guard let size = content["size"]?.int, size > 0 else { return .none }
            return .missing(size)
        }
        switch content["encoding"]?.text ?? "" {
        case "": return try SourceBody(text)
        case "base64": return HARReader.decoded(try SourceBody(base64: text), response)
        case let other: throw SourceProblem(content, "the encoding “\(SourceText.shown(other))” isn't known")
        }
    }

    /// HAR has what was in a compressed body, unless it is plainly that body itself.
    private static func decoded(_ body: SourceBody, _ response: SourceNode) -> SourceBody {
        guard case .bytes(let bytes, _) = body else { return body }
        return .bytes(bytes, isText: !bytes.starts(with: [0x1F, 0x8B]))
    }
}
