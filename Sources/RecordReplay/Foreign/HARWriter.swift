// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Writes recordings as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), which browsers and proxies read. What HAR
/// has no place for is in `_geminiMock`, so that nothing of an exchange is lost.
public struct HARWriter {
    private static let unknownUpstream = "https://generativelanguage.googleapis.com"
    /// HAR wants one of each entry.
    static let unknownTime = "1970-01-01T00:00:00Z"

    /// - Parameters:
    ///   - version: that of the program.
    ///   - redaction: what is taken out of each exchange before.
    public static func text(of recordings: [Recording], version: String, redaction: Redaction) -> [UInt8] {
        let entries = recordings.flatMap { recording in
            recording.exchanges.map { entry(redaction.redact($0).exchange, of: recording) }
        }
        let log: JSON = [
            "version": "1.2",
            "creator": ["name": "gemini-mock", "version": .string(version)],
            "entries": .array(entries),
        ]
        return JSON.object([JSON.Member("log", log)]).bytes(.pretty) + [0x0A]
    }

    /// Writes a file for its owner alone, whole or not at all.
    ///
    /// - Parameter replaces: whether it may take the place of one that is there.
    public static func write(_ text: [UInt8], to path: String, replaces: Bool) throws(RecordingFileError) {
        if PlainFile.exists(path), !replaces {
            throw RecordingFileError("there is a \(path) already; --replace puts another in its place")
        }
        try PlainFile.replace(path, with: text)
    }

    private static func entry(_ exchange: RecordedExchange, of recording: Recording) -> JSON {
        let writes = exchange.answer.writes
        let wait = Double(writes.first?.at ?? 0) / 1000
        let receive = Double((writes.last?.at ?? 0) - (writes.first?.at ?? 0)) / 1000
        return [
            "startedDateTime": .string(HARReader.isTime(recording.made) ? recording.made : unknownTime),
            "time": .double(wait + max(0, receive)),
            "request": request(
                exchange.request, origin: SourceURL(recording.upstream)?.origin ?? unknownUpstream),
            "response": response(exchange.answer),
            "cache": [:],
            "timings": ["send": 0, "wait": .double(max(0, wait)), "receive": .double(max(0, receive))],
            "comment": .string(recording.name),
            "_geminiMock": HARExtension.value(of: exchange, recording.matching),
        ]
    }

    private static func request(_ request: RecordedRequest, origin: String) -> JSON {
        let query = RequestTarget(request.target).query.map { item -> JSON in
            ["name": .string(item.name), "value": .string(item.value)]
        }
        var members = [
            JSON.Member("method", .string(request.method)),
            JSON.Member("url", .string(origin + request.target)),
            JSON.Member("httpVersion", "HTTP/1.1"),
            // Those that were sent are among the header fields, redacted.
            JSON.Member("cookies", []),
            JSON.Member("headers", fields(request.fields)),
            JSON.Member("queryString", .array(query)),
        ]
        if let bytes = request.body.bytes, !bytes.isEmpty {
            members.append(JSON.Member("postData", postData(bytes, request.fields)))
        }
        members.append(JSON.Member("headersSize", -1))
        members.append(JSON.Member("bodySize", .int(request.body.length)))
        return .object(members)
    }

    private static func postData(_ bytes: [UInt8], _ fields: [HTTPFields.Field]) -> JSON {
        let shown = HARBody.decoded(bytes, fields) ?? bytes
        let type = JSON.Member("mimeType", .string(HARBody.type(fields)))
        guard HARBody.isText(shown) else {
            // HAR has no bytes here.
            return .object([
                type, JSON.Member("text", .string(Base64Encoding.standard(shown))),
                JSON.Member("_encoding", "base64"),
            ])
        }
        return .object([type, JSON.Member("text", .string(String(decoding: shown, as: UTF8.self)))])
    }

    private static func response(_ answer: RecordedAnswer) -> JSON {
        let location = answer.fields.first { $0.name.lowercased() == "location" }?.value ?? ""
        return [
            "status": .int(answer.status),
            "statusText": .string(ReasonPhrase.text(answer.status)),
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": fields(answer.fields),
            "content": content(answer),
            "redirectURL": .string(location),
            "headersSize": -1,
            "bodySize": .int(answer.body.length),
        ]
    }

    private static func content(_ answer: RecordedAnswer) -> JSON {
        let type = JSON.Member("mimeType", .string(HARBody.type(answer.fields)))
        guard let bytes = answer.body.bytes else {
            return .object([JSON.Member("size", .int(answer.body.length)), type])
        }
        let shown = HARBody.decoded(bytes, answer.fields) ?? bytes
        var members = [JSON.Member("size", .int(shown.count))]
        if shown.count != bytes.count {
            members.append(JSON.Member("compression", .int(shown.count - bytes.count)))
        }
        members.append(type)
        if HARBody.isText(shown) {
            members.append(JSON.Member("text", .string(String(decoding: shown, as: UTF8.self))))
        } else {
            members.append(JSON.Member("text", .string(Base64Encoding.standard(shown))))
            members.append(JSON.Member("encoding", "base64"))
        }
        return .object(members)
    }

    private static func fields(_ fields: [HTTPFields.Field]) -> JSON {
        .array(fields.map { ["name": .string($0.name), "value": .string($0.value)] })
    }
}
