// SPDX-License-Identifier: Apache-2.0

import HTTPWire

@testable import RecordReplay

/// Exchanges with a secret each, and what must not be left of it.
struct PlantedSecret {
    let place: String
    let exchange: RecordedExchange
    let secret: String

    static let key = "AIzaSyA0123456789abcdefghijklmnopqrstuv"
    static let token = "ya29.a0AfB_byC0123456789abcdefghijkl"
    static let uploadID = "AJjja9YwCn3agIByt2hc41EpUn9nOYtWyvyNXZpPi4quEw7FDp"
    static let password = "hunter2-hunter2"

    static var all: [PlantedSecret] { heads + requestBodies + answers + streams }

    private static func request(
        _ place: String, _ secret: String = key, target: String = "/v1beta/models",
        _ fields: [HTTPFields.Field] = [], body: String = ""
    ) -> PlantedSecret {
        let request = RecordedRequest(
            method: "POST", target: target, fields: fields + [Samples.jsonType],
            body: RecordedBody(Array(body.utf8)))
        return PlantedSecret(
            place: place,
            exchange: RecordedExchange(request: request, answer: RecordedAnswer(status: 200)), secret: secret)
    }

    private static func answer(
        _ place: String, _ secret: String = key, _ fields: [HTTPFields.Field] = [Samples.jsonType],
        body: [UInt8] = [], writes: [RecordedAnswer.Write] = [], ending: RecordedAnswer.Ending = .complete
    ) -> PlantedSecret {
        var exchange = Samples.exchange(request: "{}", fields, answer: body, writes: writes)
        exchange.answer.ending = ending
        return PlantedSecret(place: place, exchange: exchange, secret: secret)
    }

    private static var heads: [PlantedSecret] {
        [
            request("x-goog-api-key", key, [.init("x-goog-api-key", key)]),
            request("a short key", "k3y", [.init("X-Goog-Api-Key", "k3y")]),
            request("authorization", token, [.init("Authorization", "Bearer \(token)")]),
            request(
                "basic authorization", "dXNlcjpodW50ZXIy", [.init("authorization", "Basic dXNlcjpodW50ZXIy")]),
            request("proxy-authorization", password, [.init("Proxy-Authorization", password)]),
            request("cookie", "SID=abc", [.init("Cookie", "SID=abc; x=y")]),
            request("a header that is named so", password, [.init("X-Tool-Api-Key", password)]),
            request("referer", key, [.init("Referer", "http://localhost/?key=\(key)")]),
            request("any header", key, [.init("X-Note", "try \(key) instead")]),
            request("a project's number", "123456789012", [.init("X-Goog-User-Project", "123456789012")]),
            request("a project's name", "my-project", [.init("X-Goog-User-Project", "my-project")]),
            request("key=", target: "/v1/models?alt=sse&key=\(key)"),
            request("access_token=", token, target: "/v1/models?access_token=\(token)"),
            request("a name that is encoded", password, target: "/v1/models?k%65y=\(password)"),
            request("any parameter", target: "/v1/models?q=\(key)"),
            request("the path", target: "/v1/\(key)/models"),
            request(
                "upload_id=", uploadID,
                target: "/upload/v1beta/files?upload_id=\(uploadID)&upload_protocol=resumable"),
        ]
    }

    private static var requestBodies: [PlantedSecret] {
        let escaped = key.replacingOccurrences("A", "\\u0041")
        return [
            request("a text", body: #"{"contents": [{"parts": [{"text": "my key is \#(key)."}]}]}"#),
            request("a member that is named so", password, body: #"{"tool": {"api_key": "\#(password)"}}"#),
            request("JSON in JSON", password, body: #"{"text": "{\"password\": \"\#(password)\"}"}"#),
            request("headers of a tool", token, body: #"{"headers": {"Authorization": "Bearer \#(token)"}}"#),
            request("escaped", escaped, body: #"{"text": "\#(escaped)"}"#),
            request("a form", body: "a=b&key=\(key)"),
            request("several parts", body: "--b\r\nContent-Type: text/plain\r\n\r\n\(key)\r\n--b--"),
            request(
                "a private key", "MIIEvQIBADANBg",
                body: #"{"text": "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----"}"#),
            request(
                "the head's key in the body", "s3cr3t-k3y", [.init("x-goog-api-key", "s3cr3t-k3y")],
                body: "{\"a\": \"s3cr3t-k3y\"}"),
        ]
    }

    private static var answers: [PlantedSecret] {
        let page = "<html><p>Use \(key)</p>" + String(repeating: "<br>", count: 5000)
        let packed = Gzip.encode(Array(#"{"text": "\#(key)", "more": [1, 2, 3]}"#.utf8)) ?? []
        let binary = [0xFF, 0x00] + Array(key.utf8) + [0xFE]
        return [
            answer("set-cookie", "NID=511", [.init("Set-Cookie", "NID=511; HttpOnly")]),
            answer(
                "x-goog-upload-url", uploadID,
                [.init("X-Goog-Upload-URL", "https://h/upload/v1beta/files?upload_id=\(uploadID)&x=y")]),
            answer(
                "x-goog-upload-control-url", uploadID,
                [.init("x-goog-upload-control-url", "https://h/?upload_id=\(uploadID)")]),
            answer("x-guploader-uploadid", uploadID, [.init("X-GUploader-UploadID", uploadID)]),
            answer("location", key, [.init("Location", "https://h/?key=\(key)")]),
            answer("an error", body: Array(#"{"error": {"message": "Bad key \#(key)"}}"#.utf8)),
            answer(
                "a project in an error", "projects/123456789012",
                body: Array(#"{"consumer": "projects/123456789012"}"#.utf8)),
            answer(
                "a project in a sentence", "project_number:123456789012",
                body: Array(#"{"message": "consumer 'project_number:123456789012'"}"#.utf8)),
            answer("a long page", key, [.init("Content-Type", "text/html")], body: Array(page.utf8)),
            answer("compressed", key, [Samples.jsonType, .init("Content-Encoding", "gzip")], body: packed),
            answer(
                "compressed and cut", key, [Samples.jsonType, .init("Content-Encoding", "gzip")],
                body: Array((Gzip.encode(Array(#"{"text": "\#(key)"#.utf8), isWhole: false) ?? [])),
                ending: .truncated),
            answer("bytes", key, [.init("Content-Type", "audio/wav")], body: binary),
        ]
    }

    private static var streams: [PlantedSecret] {
        let half = key.index(key.startIndex, offsetBy: 17)
        let array = "[{\"text\": \"\(key[..<half])\"}\n,\r\n{\"text\": \"\(key[half...])\"}\n]"
        return [
            answer("an event", key, [Samples.eventType], body: Samples.events("a", key)),
            answer(
                "an event that is cut off", String(key.prefix(36)), [Samples.eventType],
                body: Array(Samples.events("a", key).dropLast(9)), ending: .reset),
            answer(
                "two events", key, [Samples.eventType],
                body: Samples.events(String(key[..<half]), String(key[half...]))),
            answer(
                "two elements", body: Array(array.utf8),
                writes: [.init(at: 1, count: 40), .init(at: 2, count: array.utf8.count - 40)]),
        ]
    }

    // MARK: - What is left

    /// All that somebody could read in an exchange.
    static func texts(of exchange: RecordedExchange) -> String {
        let bodies = [
            (exchange.request.body, exchange.request.fields), (exchange.answer.body, exchange.answer.fields),
        ]
        return [
            [exchange.request.target], exchange.request.fields.map { "\($0.name): \($0.value)" },
            exchange.answer.fields.map { "\($0.name): \($0.value)" },
            bodies.flatMap { body, fields -> [String] in
                var bytes = body.bytes ?? []
                if BodyForm.value(of: "content-encoding", fields) == "gzip" {
                    bytes = Gzip.decode(bytes, limit: 1_000_000)?.bytes ?? []
                }
                return [String(decoding: bytes, as: UTF8.self), joined(bytes)]
            },
        ].joined().joined(separator: "\n")
    }

    /// The texts of all pieces, as a client joins them.
    private static func joined(_ stream: [UInt8]) -> String {
        let form = StreamForm(events: stream) ?? StreamForm(elements: stream)
        return (form?.pieces ?? []).map { piece in
            switch piece.content {
            case .lines(let lines):
                lines.compactMap {
                    if case .data(let data, _) = $0 { data.root["text"]?.string } else { nil }
                }.joined()
            case .element(let data, _): data.root["text"]?.string ?? ""
            case .raw: ""
            }
        }.joined()
    }
}

extension String {
    fileprivate func replacingOccurrences(_ one: Character, _ other: String) -> String {
        map { $0 == one ? other : String($0) }.joined()
    }
}
