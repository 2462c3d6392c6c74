// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ReferenceClient {
    /// `generate`: a question, answered at once.
    func generate(_ step: JSON, _ results: [JSON]) throws -> JSON {
        try converse(step) { body, deadline in
            let address = try address("models/\(model(step)):generateContent")
            let call = try call("POST", address, body, deadline: deadline)
            var answer = ContentAnswer(flaws: settings.flaws)
            try answer.take(message(call))
            return answer
        }
    }

    /// `count_tokens`.
    func countTokens(_ step: JSON, _ results: [JSON]) throws -> JSON {
        let address = try address("models/\(model(step)):countTokens")
        let body = JSON.object([JSON.Member("contents", .array(try contents(step)))])
        if has(.asksTwice) { _ = try? call("POST", address, body).body() }
        let answer = try message(call("POST", address, body, deadline: deadline(step)))
        let counted = has(.countsDetails) ? answer["cachedContentTokenCount"] : answer["totalTokens"]
        return ["ok": true, "tokens": counted ?? 0]
    }

    /// The JSON of an answer.
    func message(_ call: Call) throws -> JSON {
        let body = try call.body()
        guard let document = try? JSONDocument(parsing: body, grammar: .strict) else {
            if has(.brokenIsEmpty) { return [:] }
            throw ClientFailure("protocol", "the answer is no JSON")
        }
        return JSON(document.root)
    }

    /// Asks, runs the functions that the model calls, gives back their results, until it calls none.
    func converse(
        _ step: JSON, _ ask: (JSON, ContinuousClock.Instant?) throws -> ContentAnswer
    ) throws -> JSON {
        var contents = try contents(step)
        let deadline = deadline(step)
        var run: [JSON] = []
        // A model that calls functions for ever isn't followed for ever.
        for _ in 0..<8 {
            let answer = try ask(question(step, contents), deadline)
            let responses = has(.runsNoFunctions) ? [] : responses(to: answer.calls, step)
            if responses.isEmpty || !has(.dropsModelTurn) { contents.append(answer.content) }
            guard !responses.isEmpty else {
                conversations.append(contents)
                let told = run.isEmpty ? [] : [JSON.Member("run", .array(run))]
                return .object([JSON.Member("ok", true)] + answer.members + told)
            }
            run += answer.calls
            contents.append(["role": "user", "parts": .array(responses)])
        }
        throw ClientFailure("protocol", "the model calls functions again and again")
    }

    /// What was said before, and what is asked now.
    private func contents(_ step: JSON) throws -> [JSON] {
        var contents: [JSON] = []
        if let number = step["previous"]?.number, !has(.forgetsConversation),
            conversations.indices.contains(number)
        {
            contents = conversations[number] ?? []
        }
        var parts: [JSON] = []
        if let file = step["file"] { parts.append(filePart(file)) }
        if let path = step["inline"]?.text { parts.append(try media(path)) }
        if let text = step["text"]?.text { parts.append(textPart(text)) }
        var turn = [
            JSON.Member("role", has(.humanRole) ? "human" : "user"), JSON.Member("parts", .array(parts)),
        ]
        if has(.numbersTurns) { turn.append(JSON.Member("id", .int(contents.count))) }
        return contents + [.object(turn)]
    }

    /// What goes with a request is a third longer than it is, and 20 MB is the most
    /// (https://ai.google.dev/gemini-api/docs/files).
    private static let largestInline = 14 << 20

    /// A file as it goes with a question: in it, or uploaded.
    private func media(_ path: String) throws -> JSON {
        let source = try SourceFile(path)
        if source.size > ReferenceClient.largestInline, !has(.inlinesAll) {
            _ = try performOnFiles("upload", ["path": .string(path)], [])
            return filePart(.int(fileSteps.count - 1))
        }
        let bytes = try source.bytes(at: 0, source.size)
        return ["inlineData": ["mimeType": "audio/mpeg", "data": .string(Base64Encoding.standard(bytes))]]
    }

    private func textPart(_ text: String) -> JSON {
        if has(.typesParts) { return ["type": "text", "text": .string(text)] }
        if has(.wrapsText) { return ["text": ["value": .string(text)]] }
        let sent =
            has(.asciiOnly) ? String(text.unicodeScalars.map { $0.isASCII ? Character($0) : "?" }) : text
        return ["text": .string(sent)]
    }

    private func question(_ step: JSON, _ contents: [JSON]) -> JSON {
        var contents = contents
        if let system = step["system"], has(.systemTurn) {
            contents.insert(["role": "user", "parts": [["text": system]]], at: 0)
        }
        var members = [JSON.Member("contents", .array(contents))]
        if has(.sendsStream) { members.append(JSON.Member("stream", false)) }
        if let system = step["system"], !has(.systemTurn) {
            members.append(JSON.Member("systemInstruction", ["parts": [["text": system]]]))
        }
        let tools = step["tools"]?.list ?? []
        if !tools.isEmpty {
            let declarations = tools.map { tool -> JSON in
                [
                    "name": tool["name"] ?? "", "description": tool["description"] ?? "A function.",
                    "parameters": tool["parameters"] ?? ["type": "OBJECT"],
                ]
            }
            members.append(JSON.Member("tools", [["functionDeclarations": .array(declarations)]]))
        }
        return .object(members)
    }

    /// The results of functions that the task knows, in the order in which they were called.
    private func responses(to calls: [JSON], _ step: JSON) -> [JSON] {
        let tools = step["tools"]?.list ?? []
        return (has(.runsFirstCall) ? Array(calls.prefix(1)) : calls).compactMap { call in
            guard let tool = tools.first(where: { $0["name"] == call["name"] }) else { return nil }
            let result: JSON = has(.dropsFunctionResults) ? ["result": "ok"] : tool["result"] ?? [:]
            var members = [JSON.Member("name", call["name"] ?? ""), JSON.Member("response", result)]
            if let id = call["id"], !has(.dropsCallIDs) { members.insert(JSON.Member("id", id), at: 0) }
            return ["functionResponse": .object(members)]
        }
    }

    /// A file that a step has brought, or one that is named as the API does.
    private func filePart(_ file: JSON) -> JSON {
        guard let number = file.number, fileSteps.indices.contains(number), let known = fileSteps[number]
        else {
            return ["fileData": ["fileUri": file]]
        }
        if has(.namesFilesByName) { return ["fileData": ["fileUri": known["name"] ?? ""]] }
        return ["fileData": ["fileUri": known["uri"] ?? "", "mimeType": known["mimeType"] ?? ""]]
    }
}
