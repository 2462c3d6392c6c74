// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One turn of a conversation (CORE 4.2).
public struct Content: Sendable {
    /// `user`, `model`, or nil where none was sent, which this API takes for the user's.
    public let role: String?
    public let parts: [Part]

    init(role: String?, parts: [Part]) {
        self.role = role
        self.parts = parts
    }

    init(_ view: JSONView, at place: ContentPlace, problems: inout RequestProblems) {
        role = view.field("role")?.string
        let views = view.list("parts")
        if views.isEmpty { problems.add("\(place).parts: contents.parts must not be empty.") }
        var parts: [Part] = []
        parts.reserveCapacity(problems.isFull ? 0 : views.count)
        for (index, view) in views.enumerated() {
            guard !problems.isFull else { break }
            parts.append(Part(view, at: PartPlace(content: place, index: index), problems: &problems))
        }
        self.parts = parts
    }

    /// Stands for a content that wasn't sent, where requests without one are answered, too.
    static let empty = Content(role: nil, parts: [])

    public var isFromModel: Bool { role == "model" }

    /// The texts of the parts, in order, thoughts left out.
    public var text: String {
        if parts.count == 1, case .text(let view) = parts[0].data, !parts[0].isThought {
            return view.string ?? ""
        }
        return parts.compactMap { part -> String? in
            if case .text(let view) = part.data, !part.isThought { view.string } else { nil }
        }.joined()
    }
}

/// A piece of a content: exactly one kind of data (CORE 4.2).
public struct Part: Sendable {
    public enum Data: Sendable {
        case text(JSONView)
        case inlineData(Blob)
        case fileData(FileReference)
        /// The whole functionCall object.
        case functionCall(JSONView)
        /// The whole functionResponse object.
        case functionResponse(JSONView)
        /// A kind of data that needs nothing from us but its tokens: the field's name and its value.
        case other(String, JSONView)
        case none
    }

    public let data: Data
    /// Which piece of a film is meant; nil beside anything but media.
    public let videoMetadata: VideoMetadata?
    /// The media that a function gives back, inline or by name; none beside anything but a functionResponse.
    public let responseMedia: [Part]
    public let isThought: Bool

    private static let otherKinds = ["executableCode", "codeExecutionResult", "toolCall", "toolResponse"]

    init(_ data: Data, videoMetadata: VideoMetadata? = nil, responseMedia: [Part] = []) {
        self.data = data
        self.videoMetadata = videoMetadata
        self.responseMedia = responseMedia
        isThought = false
    }

    init(_ view: JSONView, at place: PartPlace, problems: inout RequestProblems) {
        isThought = view.field("thought")?.protoBool ?? false
        data = Part.data(view, at: place, problems: &problems)
        switch data {
        case .inlineData, .fileData: videoMetadata = view.field("videoMetadata").map { VideoMetadata($0) }
        default: videoMetadata = nil
        }
        if case .functionResponse(let response) = data {
            responseMedia = Part.media(of: response, at: place, problems: &problems)
        } else {
            responseMedia = []
        }
        if case .none = data {
            problems.add("\(place).data: required oneof field 'data' must have one initialized field")
        }
    }

    private static func media(
        of response: JSONView, at place: PartPlace, problems: inout RequestProblems
    ) -> [Part] {
        var parts: [Part] = []
        for (index, view) in response.list("parts").enumerated() where !problems.isFull {
            // Only these: what a response's part is without data isn't known to be refused.
            guard view.field("inlineData") != nil || view.field("fileData") != nil else { continue }
            parts.append(Part(view, at: place.responsePart(index), problems: &problems))
        }
        return parts
    }

    private static func data(_ view: JSONView, at place: PartPlace, problems: inout RequestProblems) -> Data {
        if let text = view.field("text") { return .text(text) }
        if let blob = view.field("inlineData") {
            return .inlineData(Blob(blob, at: place, problems: &problems))
        }
        if let file = view.field("fileData") {
            return .fileData(FileReference(file))
        }
        if let call = view.field("functionCall") { return .functionCall(call) }
        if let response = view.field("functionResponse") { return .functionResponse(response) }
        for kind in otherKinds {
            if let value = view.field(kind) { return .other(kind, value) }
        }
        return .none
    }
}

/// A medium that the request only names: an uploaded file, or an address.
public struct FileReference: Sendable {
    public let uri: String
    /// As the request names it; empty where it doesn't.
    public let mimeType: String
    /// As what the request itself has it counted, where it says so.
    public let modality: Modality?
    /// Tells it from the other media of its request.
    public let position: Int

    init(_ view: JSONView) {
        self.init(
            uri: view.field("fileUri")?.string ?? "", mimeType: view.field("mimeType")?.string ?? "",
            position: view.position
        )
    }

    init(uri: String, mimeType: String, modality: Modality? = nil, position: Int) {
        self.uri = uri
        self.mimeType = mimeType
        self.modality = modality
        self.position = position
    }
}

/// Bytes that travel inside the request, as base64.
public struct Blob: Sendable {
    public let mimeType: String
    /// As what the request itself has it counted, where it says so.
    public let modality: Modality?
    /// Tells it from the other media of its request.
    public let position: Int
    private let base64: JSONView?
    /// What the one check of the text has found; nil where it isn't base64. A check of 20 MB takes milliseconds.
    private let shape: Base64Text.Shape?

    init(_ view: JSONView, at place: PartPlace, problems: inout RequestProblems) {
        mimeType = view.field("mimeType")?.string ?? ""
        modality = nil
        position = view.position
        base64 = view.field("data")
        shape = base64.flatMap { problems.shape(of: $0) }
        if let base64, shape == nil {
            problems.add(wrongBase64: base64.string ?? "", at: "\(place).inline_data.data")
        }
    }

    init(mimeType: String, modality: Modality? = nil, base64: JSONView?, position: Int) {
        self.mimeType = mimeType
        self.modality = modality
        self.base64 = base64
        self.position = position
        shape = base64?.withStringBytes { Base64Text($0)?.shape } ?? nil
    }

    /// Whether the text can't be decoded.
    var isBroken: Bool { base64 != nil && shape == nil }

    /// Lets `body` read the decoded bytes where they stand; nil where there are none.
    public func withBytes<Result>(_ body: (Base64Text) throws -> Result) rethrows -> Result? {
        guard let shape else { return nil }
        return try base64?.withStringBytes { try body(Base64Text($0, shape: shape)) }
    }
}

/// Where a content stands, in proto spelling; put into words only where something is reported of it.
enum ContentPlace: CustomStringConvertible {
    case contents(Int)
    case systemInstruction
    case content

    var description: String {
        switch self {
        case .contents(let index): "contents[\(index)]"
        case .systemInstruction: "system_instruction"
        case .content: "content"
        }
    }
}

/// Where a part stands, likewise.
struct PartPlace: CustomStringConvertible {
    let content: ContentPlace
    let index: Int
    /// Its index within that part's functionResponse, if it stands in there.
    private var responseIndex: Int?

    init(content: ContentPlace, index: Int) {
        self.content = content
        self.index = index
    }

    func responsePart(_ index: Int) -> PartPlace {
        var place = self
        place.responseIndex = index
        return place
    }

    var description: String {
        "\(content).parts[\(index)]" + (responseIndex.map { ".function_response.parts[\($0)]" } ?? "")
    }
}
