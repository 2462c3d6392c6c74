// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What `POST /interactions` takes (INTERACTIONS 2), checked.
public struct InteractionRequest: Sendable {
    public let actor: InteractionActor
    /// Nil only where a token goes on with what was begun.
    public let input: InteractionInput?
    public let isStored: Bool
    public let isStreamed: Bool
    public let isBackground: Bool
    public let previousID: InteractionID?
    /// As asked for, or the usual one.
    public let serviceTier: String
    /// Whether the run has an environment of its own.
    public let hasEnvironment: Bool
    public let asksForSummaries: Bool

    private let systemInstruction: Content?
    private let tools: [JSONView]
    private let functionCalling: FunctionCalling
    private let config: GenerationConfig

    /// - Throws: `APIError` with the first thing that is wrong. The order of these checks is assumed.
    public init(_ body: JSONView) throws(APIError) {
        actor = try InteractionRequest.actor(of: body)
        let checker = InteractionChecker()
        switch actor {
        case .model: try checker.check(body, as: "CreateModelInteraction")
        case .agent: try checker.check(body, as: "CreateAgentInteraction")
        }
        isStored = body["store"]?.bool ?? true
        isStreamed = body["stream"]?.bool ?? false
        isBackground = body["background"]?.bool ?? false
        serviceTier = body["service_tier"]?.string ?? "standard"
        hasEnvironment = body["environment"].map { !$0.isNull } ?? false
        previousID = try InteractionRequest.previousID(of: body)
        input = try InteractionRequest.input(of: body)
        systemInstruction = body["system_instruction"].flatMap { view in
            view.kind == .string ? Content(role: nil, parts: [Part(.text(view))]) : nil
        }
        let format = try InteractionFormat(
            body["response_format"], mimeType: body["response_mime_type"]?.string)
        let generation = body["generation_config"]
        let functions = body["tools"].map { InteractionTools.functions(of: $0) } ?? []
        functionCalling = try InteractionTools.calling(generation?["tool_choice"], functions)
        tools = InteractionTools.asGenerateContent(functions)
        let thinking = try InteractionThinking(generation, agent: body["agent_config"], actor)
        asksForSummaries = thinking.isSummed
        let stops = generation?["stop_sequences"].map { Array($0.elements) } ?? []
        guard stops.count <= GenerationConfig.maximumStopSequences else { throw .invalidInteraction }
        config = GenerationConfig(
            stopSequences: stops.compactMap(\.string).filter { !$0.isEmpty },
            maxOutputTokens: generation?["max_output_tokens"]?.int.flatMap { $0 > 0 ? $0 : nil },
            responseMimeType: format.mimeType, responseSchema: format.schema,
            includesThoughts: thinking.isSummed, thinkingBudget: thinking.isOff ? 0 : nil
        )
        if format.needsStore, !isStored { throw .filmNeedsStore }
        if case .agent(let agent) = actor {
            try agent.check(
                isBackground: isBackground, isStored: isStored, hasInstruction: systemInstruction != nil)
        }
        if isBackground, !isStored { throw .backgroundNeedsStore }
    }

    private static func actor(of body: JSONView) throws(APIError) -> InteractionActor {
        guard body.kind == .object else { throw .invalidInput(at: .body) }
        let (model, agent) = (body["model"], body["agent"])
        if model != nil, agent != nil { throw .modelAndAgent }
        if let model {
            guard let name = model.string else { throw .expected("string", at: .member(.body, "model")) }
            return .model(name.hasPrefix("models/") ? String(name.dropFirst(7)) : name)
        }
        if let agent {
            guard let name = agent.string else { throw .expected("string", at: .member(.body, "agent")) }
            guard let agent = InteractionAgent(name) else { throw .noSuchEntity }
            return .agent(agent)
        }
        // What isn't known is told first: a key in camelCase is the likelier mistake.
        try InteractionChecker().check(body, as: "CreateModelInteraction")
        throw .noModelOrAgent
    }

    private static func previousID(of body: JSONView) throws(APIError) -> InteractionID? {
        guard let sent = body["previous_interaction_id"]?.string else { return nil }
        guard let id = InteractionID(sent) else { throw .invalidInteraction }
        return id
    }

    private static func input(of body: JSONView) throws(APIError) -> InteractionInput? {
        guard let view = body["input"], !view.isNull else {
            // The client's next hop names what it goes on with, and says nothing new (INTERACTIONS 5).
            guard body["continuation_token"]?.string != nil,
                body["previous_interaction_id"]?.string != nil
            else { throw .noInput }
            return nil
        }
        let input = InteractionInput(view)
        guard !input.isEmpty else { throw .noInput }
        try input.checkSources()
        return input
    }

    // MARK: For the built-in answer

    /// The turn as generateContent's request.
    ///
    /// - Parameters:
    ///   - earlier: the conversation before it.
    ///   - names: of the functions called in it, by their ids.
    public func asGenerateContent(
        earlier: [Content], names: [String: String]
    ) throws(APIError) -> GenerateContentRequest {
        var names = names
        var contents = earlier
        if let input { contents += try input.contents(names: &names, isEarlier: false) }
        guard !contents.isEmpty else { throw .noInput }
        return GenerateContentRequest(
            contents: contents, earlierContents: earlier.count, systemInstruction: systemInstruction,
            tools: tools, functionCalling: functionCalling, config: config
        )
    }
}

/// Who answers.
public enum InteractionActor: Sendable, Equatable {
    /// The model's id, without `models/`.
    case model(String)
    case agent(InteractionAgent)
}
