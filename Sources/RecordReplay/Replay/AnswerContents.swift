// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What is in the body of an answer.
package enum AnswerContents: Sendable {
    case nothing
    /// Values of JSON: one, or those of a stream in their order.
    case values([JSONView], isStream: Bool)
    case other
    /// It was left out of the recording, or is coded in a way that can't be read here.
    case unknown

    /// More than that isn't taken out of a coded body, in bytes.
    private static let limit = 128 * 1024 * 1024
    /// More values of a stream aren't looked at.
    private static let mostValues = 100_000

    package init(_ answer: RecordedAnswer) {
        guard let sent = answer.body.bytes, let bytes = AnswerContents.decoded(sent, answer) else {
            self = .unknown
            return
        }
        let type = AnswerContents.value("content-type", answer).lowercased()
        if bytes.isEmpty {
            self = .nothing
        } else if type.hasPrefix("text/event-stream") {
            self = .values(AnswerContents.events(bytes), isStream: true)
        } else if let document = try? JSONDocument(parsing: bytes, grammar: .strict) {
            // What generateContent streams without `alt=sse` is an array of messages (CORE 5.1).
            self =
                document.root.kind == .array
                ? .values(Array(document.root.elements.prefix(AnswerContents.mostValues)), isStream: true)
                : .values([document.root], isStream: false)
        } else {
            self = .other
        }
    }

    package var values: [JSONView] { if case .values(let values, _) = self { values } else { [] } }

    /// Whether a request was refused for its credentials (CORE 6.2): a good one gets something else.
    package static func isAboutKey(_ answer: RecordedAnswer) -> Bool {
        guard [400, 401, 403].contains(answer.status) else { return false }
        if answer.status == 401 { return true }
        guard let error = AnswerContents(answer).values.first?["error"] else { return false }
        let reasons = error["details"]?.elements.compactMap { $0["reason"]?.string } ?? []
        let message = error["message"]?.string ?? ""
        return reasons.contains { $0.hasPrefix("API_KEY_") || $0.hasPrefix("ACCESS_TOKEN_") }
            || ["API key", "API Key", "unregistered callers", "authentication credentials"].contains {
                message.contains($0)
            }
    }

    /// Whether it tells of a turn that runs, or of a file that is processed (INTERACTIONS 3, CORE 3.2).
    package var isUnderWay: Bool {
        guard case .values(let values, isStream: false) = self, let root = values.first else { return false }
        let word = root["status"]?.string ?? root["state"]?.string ?? ""
        return ["queued", "in_progress", "PROCESSING"].contains(word)
    }

    /// How it is told.
    package var name: String {
        switch self {
        case .nothing: "nothing"
        case .values(_, isStream: true): "a stream of JSON"
        case .values(_, isStream: false): "JSON"
        case .other: "other bytes"
        case .unknown: "unknown"
        }
    }

    private static func value(_ name: String, _ answer: RecordedAnswer) -> String {
        answer.fields.first { $0.name.lowercased() == name }?.value ?? ""
    }

    /// Nil where it can't be.
    private static func decoded(_ bytes: [UInt8], _ answer: RecordedAnswer) -> [UInt8]? {
        switch value("content-encoding", answer).lowercased() {
        case "", "identity": bytes
        case "gzip", "x-gzip": bytes.isEmpty ? bytes : Gzip.decode(bytes, limit: limit)?.bytes
        default: nil
        }
    }

    /// The data of server-sent events that are JSON. CR, LF or both of them end a line; the last event may lack its end.
    private static func events(_ bytes: [UInt8]) -> [JSONView] {
        var (values, data): ([JSONView], [UInt8]) = ([], [])
        func endEvent() {
            if !data.isEmpty, let document = try? JSONDocument(parsing: data, grammar: .strict) {
                values.append(document.root)
            }
            data = []
        }
        var (start, at) = (0, 0)
        while at <= bytes.count, values.count < mostValues {
            defer { at += 1 }
            guard at == bytes.count || bytes[at] == 0x0A || bytes[at] == 0x0D else { continue }
            let line = bytes[start..<at]
            if line.starts(with: "data:".utf8) {
                if !data.isEmpty { data.append(0x0A) }
                data += line.dropFirst(5)
            } else if line.isEmpty {
                endEvent()
            }
            if at + 1 < bytes.count, bytes[at] == 0x0D, bytes[at + 1] == 0x0A { at += 1 }
            start = at + 1
        }
        endEvent()
        return values
    }
}
