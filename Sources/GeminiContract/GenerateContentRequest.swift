// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What generateContent, streamGenerateContent and countTokens take (CORE 4.2).
public struct GenerateContentRequest: Sendable {
    public let contents: [Content]
    /// How many of the contents the service knows from earlier calls: neither counted nor looked at again.
    public let earlierContents: Int
    public let systemInstruction: Content?
    /// Functions of all tools, in order.
    public let functions: [FunctionDeclaration]
    public let functionCalling: FunctionCalling
    public let config: GenerationConfig
    /// The tools and the tool configuration as they were sent, for counting.
    public let tools: [JSONView]

    /// - Throws: `APIError` with everything that is wrong with the contents.
    public init(_ body: JSONView) throws(APIError) {
        try self.init(body, prefix: "")
    }

    /// - Parameter prefix: where the message stands in the body, with a dot behind it.
    fileprivate init(_ body: JSONView, prefix: String) throws(APIError) {
        var problems = ContentProblems(message: "GenerateContentRequest", prefix: prefix)
        let contents = Contents.read(body, &problems)
        systemInstruction = body.field("systemInstruction").map {
            Content($0, at: .systemInstruction, problems: &problems)
        }
        try problems.checkValues()
        guard !contents.isEmpty else {
            throw .validator(["GenerateContentRequest.contents: contents is not specified"])
        }
        try problems.checkLines()
        try Contents.checkRoles(contents)
        self.contents = contents
        earlierContents = 0
        tools = body.list("tools")
        functions = GenerateContentRequest.functions(of: tools)
        functionCalling = FunctionCalling(body.field("toolConfig")?.field("functionCallingConfig"))
        config = try GenerationConfig(body.field("generationConfig"))
    }

    /// What another method asks for, put as this one's request, so that both have one answer.
    init(
        contents: [Content], earlierContents: Int, systemInstruction: Content?, tools: [JSONView],
        functionCalling: FunctionCalling, config: GenerationConfig
    ) {
        self.contents = contents
        self.earlierContents = earlierContents
        self.systemInstruction = systemInstruction
        self.tools = tools
        self.functionCalling = functionCalling
        self.config = config
        functions = GenerateContentRequest.functions(of: tools)
    }

    private static func functions(of tools: [JSONView]) -> [FunctionDeclaration] {
        tools.flatMap { $0.list("functionDeclarations").lazy.map { FunctionDeclaration($0) } }
    }

    /// The contents that arrived with this call.
    public var newContents: [Content] {
        earlierContents == 0 ? contents : Array(contents.dropFirst(earlierContents))
    }
}

/// What countTokens takes: contents, or a whole generateContent request (CORE 5.1).
public struct CountTokensRequest: Sendable {
    public let contents: [Content]
    public let systemInstruction: Content?
    public let tools: [JSONView]

    /// - Throws: `APIError` with everything that is wrong with the contents.
    public init(_ body: JSONView) throws(APIError) {
        if let request = body.field("generateContentRequest") {
            let request = try GenerateContentRequest(request, prefix: "generate_content_request.")
            contents = request.contents
            systemInstruction = request.systemInstruction
            tools = request.tools
            return
        }
        // The name of the message is assumed; the words are generateContent's.
        var problems = ContentProblems(message: "CountTokensRequest")
        let contents = Contents.read(body, &problems)
        try problems.checkValues()
        guard !contents.isEmpty else {
            throw .validator(["CountTokensRequest.contents: contents is not specified"])
        }
        try problems.checkLines()
        try Contents.checkRoles(contents)
        self.contents = contents
        systemInstruction = nil
        tools = []
    }
}

private enum Contents {
    static func read(_ body: JSONView, _ problems: inout ContentProblems) -> [Content] {
        var contents: [Content] = []
        for (index, view) in body.list("contents").enumerated() {
            guard !problems.isFull else { break }
            contents.append(Content(view, at: .contents(index), problems: &problems))
        }
        return contents
    }

    /// `function` and `tool` are tolerated, as the real service has always done (CORE 4.2).
    static func checkRoles(_ contents: [Content]) throws(APIError) {
        for content in contents {
            guard let role = content.role else { continue }
            guard ["user", "model", "function", "tool", ""].contains(role) else { throw .badRole(role) }
        }
    }
}

/// A function that the model may call.
public struct FunctionDeclaration: Sendable {
    private let view: JSONView

    init(_ view: JSONView) {
        self.view = view
    }

    public var name: String { view.field("name")?.string ?? "" }

    /// The schema of its arguments: `parameters` or `parametersJsonSchema`.
    public var parameters: JSONView? { view.field("parametersJsonSchema") ?? view.field("parameters") }
}

/// Whether functions may or must be called, and which.
public struct FunctionCalling: Sendable {
    public enum Mode: Sendable {
        case auto, any, none
    }

    public let mode: Mode
    /// Empty means all.
    public let allowed: [String]

    init(mode: Mode, allowed: [String] = []) {
        self.mode = mode
        self.allowed = allowed
    }

    init(_ view: JSONView?) {
        // By name or by number, as all enums (CORE 4.2); VALIDATED calls or answers, like AUTO.
        let sent = view?.field("mode")
        switch (sent?.string?.uppercased(), sent?.protoInt) {
        case ("ANY", _), (_, 2): mode = .any
        case ("NONE", _), (_, 3): mode = .none
        default: mode = .auto
        }
        allowed = view?.list("allowedFunctionNames").compactMap(\.string) ?? []
    }
}

/// What shapes the answer.
public struct GenerationConfig: Sendable {
    public let candidateCount: Int
    public let stopSequences: [String]
    public let maxOutputTokens: Int?
    public let responseMimeType: String
    /// `responseSchema` or `responseJsonSchema`.
    public let responseSchema: JSONView?
    public let includesThoughts: Bool
    /// 0 switches thinking off, -1 leaves it to the model.
    public let thinkingBudget: Int?

    /// The documentation's limit, and the API's (`APIError.stopSequences`).
    static let maximumStopSequences = 5

    /// What a method that asks for one answer at a time says.
    init(
        stopSequences: [String], maxOutputTokens: Int?, responseMimeType: String, responseSchema: JSONView?,
        includesThoughts: Bool, thinkingBudget: Int?
    ) {
        candidateCount = 1
        self.stopSequences = stopSequences
        self.maxOutputTokens = maxOutputTokens
        self.responseMimeType = responseMimeType
        self.responseSchema = responseSchema
        self.includesThoughts = includesThoughts
        self.thinkingBudget = thinkingBudget
    }

    /// - Throws: `APIError` where a count is out of bounds.
    init(_ view: JSONView?) throws(APIError) {
        candidateCount = view?.field("candidateCount")?.protoInt ?? 1
        guard (1...8).contains(candidateCount) else { throw .candidateCount(candidateCount) }
        let stops = view?.list("stopSequences") ?? []
        guard stops.count <= GenerationConfig.maximumStopSequences else {
            throw .stopSequences(limit: GenerationConfig.maximumStopSequences)
        }
        stopSequences = stops.compactMap(\.string).filter { !$0.isEmpty }
        maxOutputTokens = view?.field("maxOutputTokens")?.protoInt.flatMap { $0 > 0 ? $0 : nil }
        responseMimeType = view?.field("responseMimeType")?.string ?? ""
        responseSchema =
            view?.field("responseJsonSchema") ?? view?.field("_responseJsonSchema")
            ?? view?.field("responseSchema")
        let thinking = view?.field("thinkingConfig")
        includesThoughts = thinking?.field("includeThoughts")?.bool ?? false
        thinkingBudget = thinking?.field("thinkingBudget")?.protoInt
    }
}
