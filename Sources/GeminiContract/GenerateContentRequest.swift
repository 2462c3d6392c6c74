// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What generateContent, streamGenerateContent and countTokens take (CORE 4.2).
public struct GenerateContentRequest: Sendable {
    /// At least one; an empty one where none was sent.
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
    /// The name of a cached content.
    public let cachedContent: String?

    /// - Throws: `APIError` with everything that is wrong.
    public init(_ body: JSONView) throws(APIError) {
        var problems = RequestProblems(message: "GenerateContentRequest")
        self.init(body, &problems)
        try problems.check()
    }

    /// Reads what can be read.
    ///
    /// - Parameter problems: gets what the real service would refuse.
    public init(_ body: JSONView, _ problems: inout RequestProblems) {
        contents = Contents.read(body, &problems)
        systemInstruction = body.field("systemInstruction").map {
            Content($0, at: .systemInstruction, problems: &problems)
        }
        earlierContents = 0
        tools = body.list("tools")
        functions = FunctionDeclaration.read(tools, &problems)
        functionCalling = FunctionCalling(body.field("toolConfig")?.field("functionCallingConfig"))
        SafetySettings.check(body, &problems)
        Contents.checkRoles(contents, &problems)
        config = GenerationConfig(body.field("generationConfig"), &problems)
        cachedContent = body.field("cachedContent")?.string.flatMap { $0.isEmpty ? nil : $0 }
        let movesIntoCache = ["systemInstruction", "tools", "toolConfig"]
        if cachedContent != nil, movesIntoCache.contains(where: { body.field($0) != nil }) {
            problems.add(.cachedContentClash)
        }
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
        functions = tools.flatMap { $0.list("functionDeclarations").lazy.map { FunctionDeclaration($0) } }
        cachedContent = nil
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
        var problems = RequestProblems(message: "CountTokensRequest")
        self.init(body, &problems)
        try problems.check()
    }

    /// - Parameter problems: gets what the real service would refuse.
    public init(_ body: JSONView, _ problems: inout RequestProblems) {
        if let request = body.field("generateContentRequest") {
            problems.message = "GenerateContentRequest"
            problems.prefix = "generate_content_request."
            let request = GenerateContentRequest(request, &problems)
            contents = request.contents
            systemInstruction = request.systemInstruction
            tools = request.tools
            return
        }
        // The name of the message is assumed; the words are generateContent's.
        contents = Contents.read(body, &problems)
        Contents.checkRoles(contents, &problems)
        systemInstruction = nil
        tools = []
    }
}

private enum Contents {
    static func read(_ body: JSONView, _ problems: inout RequestProblems) -> [Content] {
        let views = body.list("contents")
        guard !views.isEmpty else {
            problems.add("contents: contents is not specified")
            return [.empty]
        }
        var contents: [Content] = []
        contents.reserveCapacity(views.count)
        for (index, view) in views.enumerated() {
            guard !problems.isFull else { break }
            contents.append(Content(view, at: .contents(index), problems: &problems))
        }
        return contents
    }

    /// `function` and `tool` are tolerated, as the real service has always done (CORE 4.2).
    static func checkRoles(_ contents: [Content], _ problems: inout RequestProblems) {
        for content in contents {
            guard let role = content.role else { continue }
            if !["user", "model", "function", "tool", ""].contains(role) { problems.add(.badRole(role)) }
        }
    }
}

/// A function that the model may call.
public struct FunctionDeclaration: Sendable {
    private let view: JSONView

    init(_ view: JSONView) {
        self.view = view
    }

    /// The functions of all tools, in order.
    static func read(_ tools: [JSONView], _ problems: inout RequestProblems) -> [FunctionDeclaration] {
        var functions: [FunctionDeclaration] = []
        for (tool, view) in tools.enumerated() {
            for (index, view) in view.list("functionDeclarations").enumerated() {
                let function = FunctionDeclaration(view)
                if !problems.isFull, !function.hasGoodName {
                    problems.add(functionName: "tools[\(tool)].function_declarations[\(index)]")
                }
                functions.append(function)
            }
        }
        return functions
    }

    /// A letter or an underscore, then up to 63 letters, figures, underscores, dots and dashes (CORE 6.4, seen).
    private var hasGoodName: Bool {
        view.field("name")?.withStringBytes { name in
            guard (1...64).contains(name.count), FunctionDeclaration.isLetter(name[0]) else { return false }
            return name.allSatisfy { byte in
                FunctionDeclaration.isLetter(byte) || byte &- UInt8(ascii: "0") < 10
                    || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            }
        } ?? false
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
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
