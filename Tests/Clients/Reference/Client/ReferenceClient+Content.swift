// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ReferenceClient {
    /// `generate`: a question, answered at once.
    func generate(_ step: JSON, _ results: [JSON]) throws -> JSON {
        try converse(step) { body, deadline in
            let address = try address("models/\(model(step)):generateContent")
            let call = try call("POST", address, body, deadline: deadline)
            var answer = ContentAnswer(flaws: settings.flaws)
            answer.take(try message(call))
            return answer
        }
    }

    /// `count_tokens`.
    func countTokens(_ step: JSON, _ results: [JSON]) throws -> JSON {
        let address = try address("models/\(model(step)):countTokens")
        let body = JSON.object([JSON.Member("contents", .array(contents(step)))])
        let answer = try message(call("POST", address, body, deadline: deadline(step)))
        return ["ok": true, "tokens": answer["totalTokens"] ?? 0]
    }

    /// The JSON of an answer.
    func message(_ call: Call) throws -> JSON {
        let body = try call.body()
        guard let document = try? JSONDocument(parsing: body, grammar: .strict) else {
            throw ClientFailure("protocol", "the answer is no JSON")
        }
        return JSON(document.root)
    }

    /// Asks, runs the functions that the model calls, gives back their results, until it calls none.
    func converse(
        _ step: JSON, _ ask: (JSON, ContinuousClock.Instant?) throws -> ContentAnswer
    ) throws -> JSON {
        var contents = contents(step)
        let deadline = deadline(step)
        var run: [JSON] = []
        // A model that calls functions for ever isn't followed for ever.
        for _ in 0..<8 {
            let answer = try ask(question(step, contents), deadline)
            contents.append(answer.content)
            let responses = responses(to: answer.calls, step)
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
    private func contents(_ step: JSON) -> [JSON] {
        var contents: [JSON] = []
        if let number = step["previous"]?.number, !has(.forgetsConversation),
            conversations.indices.contains(number)
        {
            contents = conversations[number] ?? []
        }
        var parts: [JSON] = []
        if let file = step["file"] { parts.append(filePart(file)) }
        if let text = step["text"] { parts.append(["text": text]) }
        return contents + [["role": "user", "parts": .array(parts)]]
    }

    private func question(_ step: JSON, _ contents: [JSON]) -> JSON {
        var members = [JSON.Member("contents", .array(contents))]
        if let system = step["system"] {
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
        return calls.compactMap { call in
            guard let tool = tools.first(where: { $0["name"] == call["name"] }) else { return nil }
            var members = [
                JSON.Member("name", call["name"] ?? ""), JSON.Member("response", tool["result"] ?? [:]),
            ]
            if let id = call["id"] { members.insert(JSON.Member("id", id), at: 0) }
            return ["functionResponse": .object(members)]
        }
    }

    /// A file that a step has brought, or one that is named as the API does.
    private func filePart(_ file: JSON) -> JSON {
        guard let number = file.number, fileSteps.indices.contains(number), let known = fileSteps[number]
        else {
            return ["fileData": ["fileUri": file]]
        }
        return ["fileData": ["fileUri": known["uri"] ?? "", "mimeType": known["mimeType"] ?? ""]]
    }
}
