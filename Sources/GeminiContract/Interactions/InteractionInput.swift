// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What was said in a turn, in any of the forms of `input`: a text, a content, contents, steps, turns of the old kind
/// (INTERACTIONS 2).
public struct InteractionInput: Sendable {
    enum Form {
        case contents, steps, turns
    }

    /// A step, whatever form it came in. A content is an object, or a text alone.
    public enum Step: Sendable {
        case user([JSONView])
        case model([JSONView])
        case call(JSONView)
        case result(JSONView)
        /// A kind of step that needs nothing from us: its name and the whole of it.
        case other(String, JSONView)
    }

    public let steps: [Step]
    /// As it was sent.
    public let source: JSONView
    /// Nil for a single content.
    private let form: Form?

    /// - Parameter view: an input that has been checked.
    public init(_ view: JSONView) {
        source = view
        guard view.kind == .array else {
            form = nil
            steps = [.user([view])]
            return
        }
        let form = InteractionInput.form(of: view)
        self.form = form
        switch form {
        case .contents: steps = [.user(Array(view.elements))]
        case .steps: steps = view.elements.map { InteractionInput.step($0) }
        case .turns:
            steps = view.elements.map { turn in
                let contents = InteractionInput.contents(of: turn)
                return turn["role"]?.string == "model" ? .model(contents) : .user(contents)
            }
        }
    }

    /// Whether it is a list with nothing in it.
    var isEmpty: Bool { source.kind == .array && !source.elements.contains { _ in true } }

    /// The first element tells what all of them are to be.
    static func form(of list: JSONView) -> Form {
        guard let first = list.elements.first(where: { _ in true }) else { return .contents }
        guard let kind = first["type"]?.string else { return first["role"] == nil ? .contents : .turns }
        return InteractionChecker().knows(kind, in: "Step") ? .steps : .contents
    }

    private static func step(_ view: JSONView) -> Step {
        switch view["type"]?.string ?? "" {
        case "user_input": .user(contents(of: view))
        case "model_output": .model(contents(of: view))
        case "function_call": .call(view)
        case "function_result": .result(view)
        case let kind: .other(kind, view)
        }
    }

    private static func contents(of view: JSONView) -> [JSONView] {
        guard let content = view["content"], !content.isNull else { return [] }
        return content.kind == .array ? Array(content.elements) : [content]
    }

    /// - Throws: `APIError` about the first medium that is nowhere.
    func checkSources() throws(APIError) {
        for step in steps {
            switch step {
            case .user(let contents), .model(let contents):
                for content in contents { try InteractionContent(content).checkSource() }
            case .call, .result, .other: continue
            }
        }
    }

    /// What is kept of it: all but the bytes of media.
    public var kept: [UInt8] { InteractionContent.withoutData(source).bytes(.compact) }

    /// The steps as they are told back: in one form, whatever form they came in, the discriminator last.
    public var echo: [InteractionStep] {
        steps.map { step in
            switch step {
            case .user(let contents): .input(InteractionInput.step("user_input", contents))
            case .model(let contents): .input(InteractionInput.step("model_output", contents))
            case .call(let view), .result(let view), .other(_, let view):
                .input(InteractionInput.typeLast(view))
            }
        }
    }

    private static func step(_ kind: String, _ contents: [JSONView]) -> JSON {
        let contents = contents.map { content -> JSON in
            guard let text = content.string else { return typeLast(content) }
            return ["text": .string(text), "type": "text"]
        }
        return ["content": .array(contents), "type": .string(kind)]
    }

    private static func typeLast(_ view: JSONView) -> JSON {
        let members = view.members.map { JSON.Member($0.name, JSON($0.value)) }
        return .object(members.filter { $0.name != "type" } + members.filter { $0.name == "type" })
    }

    // MARK: As contents

    /// The steps as generateContent's contents, which the built-in answer is made from.
    ///
    /// - Parameters:
    ///   - names: of the functions by their calls' ids, since a result needn't repeat the name; added to.
    ///   - isEarlier: whether this is what an earlier call has counted and looked at, so that media say nothing more.
    public func contents(names: inout [String: String], isEarlier: Bool) throws(APIError) -> [Content] {
        var contents: [Content] = []
        var index = 0
        for step in steps {
            defer { index += 1 }
            switch step {
            case .user(let views): contents.append(try content(views, "user", of: index, isEarlier))
            case .model(let views): contents.append(try content(views, "model", of: index, isEarlier))
            case .call(let view):
                let name = view["name"]?.string ?? ""
                names[view["id"]?.string ?? ""] = name
                let arguments = view["arguments"].map { JSON($0) } ?? .object([])
                contents.append(.functionCall(name, arguments: arguments))
            case .result(let view):
                let name = view["name"]?.string ?? names[view["call_id"]?.string ?? ""] ?? ""
                let media = try isEarlier ? [] : media(of: view["result"], at: index)
                contents.append(.functionResponse(name, result: view["result"], media: media))
            case .other("thought", _): continue
            case .other(let kind, let view):
                contents.append(Content(role: "model", parts: [Part(.other(kind, view))]))
            }
        }
        return contents
    }

    private func content(
        _ views: [JSONView], _ role: String, of step: Int, _ isEarlier: Bool
    ) throws(APIError) -> Content {
        var parts: [Part] = []
        parts.reserveCapacity(views.count)
        for view in views {
            let index = parts.count
            parts.append(
                try InteractionContent(view).part(at: place(of: index, in: step), isEarlier: isEarlier))
        }
        return Content(role: role, parts: parts)
    }

    /// What a function gives back beside words.
    private func media(of result: JSONView?, at step: Int) throws(APIError) -> [Part] {
        guard let result, result.kind == .array else { return [] }
        let place = InteractionPlace.member(.element(.member(.body, "input"), step), "result")
        var parts: [Part] = []
        var index = 0
        for view in result.elements {
            defer { index += 1 }
            let content = InteractionContent(view)
            guard view.kind == .object, content.isMedium else { continue }
            try content.checkSource()
            parts.append(try content.part(at: .element(place, index), isEarlier: false))
        }
        return parts
    }

    private func place(of content: Int, in step: Int) -> InteractionPlace {
        let input = InteractionPlace.member(.body, "input")
        switch form {
        case nil: return input
        case .contents: return .element(input, content)
        case .steps, .turns: return .element(.member(.element(input, step), "content"), content)
        }
    }
}

extension Content {
    /// What the model said in an earlier turn.
    public static func said(_ text: String) -> Content {
        let document = try? JSONDocument(parsing: JSON.string(text).bytes(.compact))
        return Content(role: "model", parts: [Part(document.map { .text($0.root) } ?? .none)])
    }

    public static func functionCall(_ name: String, arguments: JSON) -> Content {
        Content(role: "model", parts: [part(Part.Data.functionCall, name, "args", arguments)])
    }

    /// A result that isn't an object is put into one, as the clients of generateContent do.
    static func functionResponse(_ name: String, result: JSONView?, media: [Part] = []) -> Content {
        let value = result.map { InteractionContent.withoutData($0) } ?? .object([])
        let object: JSON = if case .object = value { value } else { .object([JSON.Member("result", value)]) }
        let response = part(Part.Data.functionResponse, name, "response", object)
        return Content(role: "user", parts: [Part(response.data, responseMedia: media)])
    }

    private static func part(
        _ kind: (JSONView) -> Part.Data, _ name: String, _ member: String, _ value: JSON
    ) -> Part {
        let named = JSON.Member("name", .string(name))
        let whole = JSON.object([named, JSON.Member(member, value)])
        // One level deeper than it came: at the very limit of depth the value is left out.
        guard
            let document = (try? JSONDocument(parsing: whole.bytes(.compact)))
                ?? (try? JSONDocument(parsing: JSON.object([named]).bytes(.compact)))
        else { return Part(.none) }
        return Part(kind(document.root))
    }
}
