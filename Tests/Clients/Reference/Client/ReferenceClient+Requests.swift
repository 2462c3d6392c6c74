// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ReferenceClient {
    /// An address of the API.
    func address(_ path: String) throws -> Address {
        guard let address = Address("\(settings.baseURL)/v1beta/\(path)") else {
            throw ClientFailure("refused", "the base address is none: \(settings.baseURL)")
        }
        return address
    }

    func fields(_ more: [(String, String)] = []) -> [(String, String)] {
        [("x-goog-api-key", settings.key), ("Content-Type", "application/json")] + more
    }

    /// Sends a request. An answer that is no 200 is thrown.
    func call(
        _ method: String, _ address: Address, _ body: JSON? = nil, deadline: ContinuousClock.Instant? = nil
    )
        throws -> Call
    {
        let call = try Call(
            method, address, fields: fields(), body: body?.bytes(.compact) ?? [],
            timeout: settings.idleTimeout, deadline: deadline)
        guard call.status == 200 else { throw failure(call.status, try call.body()) }
        return call
    }

    /// What an answer that is no success says.
    func failure(_ status: Int, _ body: [UInt8]) -> ClientFailure {
        var failure = ClientFailure("api", "the service answered \(status)")
        failure.http = status
        guard let document = try? JSONDocument(parsing: body, grammar: .strict) else { return failure }
        var whole = JSON(document.root)
        // Errors of streams come in a list.
        if case .array(let elements) = whole, let first = elements.first { whole = first }
        if case .string(let text)? = whole["error"]?["message"] { failure.message = text }
        if case .string(let text)? = whole["error"]?["status"] { failure.status = text }
        return failure
    }

    /// The body of a request for content.
    func question(_ step: JSON, _ results: [JSON]) -> JSON {
        var members: [JSON.Member] = []
        if let text = step["text"] {
            members.append(JSON.Member("contents", [["role": "user", "parts": [["text": text]]]]))
        }
        return .object(members)
    }

    func model(_ step: JSON) -> String {
        if case .string(let name)? = step["model"] { return name }
        return ""
    }
}

extension JSON {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var number: Int? { if case .int(let number) = self { number } else { nil } }
    var list: [JSON] { if case .array(let elements) = self { elements } else { [] } }
}
