// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// A request that has been recognised: which endpoint, which version, for whom, with what body.
public struct APICall: Sendable {
    public let head: RequestHead
    /// `v1`, `v1beta` or `v1alpha`.
    public let version: String
    /// What stands in the place of the template's stars, in order.
    public let names: [String]
    public let tenant: Tenant
    /// The parsed body; an empty object where none was sent, or where it was `received`.
    public let body: JSONView
    /// What has taken the body as it arrived, where the endpoint asked for that.
    public let received: (any BodyReceiver)?
    /// The base64 in the body, once it is bound to its message.
    private var base64 = Base64Shapes()
    /// What a scenario has it answered with; nil where none does.
    public private(set) var script: ScriptedReply?
    /// What goes wrong with a request of an upload; nil where nothing does.
    public private(set) var trouble: UploadTrouble?

    public init(
        head: RequestHead, version: String, names: [String], tenant: Tenant, body: JSONView,
        received: (any BodyReceiver)? = nil
    ) {
        self.head = head
        self.version = version
        self.names = names
        self.tenant = tenant
        self.body = body
        self.received = received
    }

    /// The same call, its body bound.
    func bound(_ base64: Base64Shapes) -> APICall {
        var call = self
        call.base64 = base64
        return call
    }

    /// The same call, answered as a scenario says.
    public func scripted(_ reply: ScriptedReply, trouble: UploadTrouble? = nil) -> APICall {
        var call = self
        call.script = reply
        call.trouble = trouble
        return call
    }

    /// The body as such a request, read as far as it can be.
    var generateContentRequest: GenerateContentRequest {
        var problems = problems("GenerateContentRequest")
        return GenerateContentRequest(body, &problems)
    }

    /// Where to collect what is wrong with the body.
    func problems(_ message: String) -> RequestProblems { RequestProblems(message: message, base64: base64) }
}

/// What an endpoint answers, before it has a head.
public enum APIAnswer: Sendable {
    /// One JSON text.
    case json([UInt8], serviceTier: String? = nil)
    /// One-line JSON texts, each an event.
    case events([[UInt8]])
    /// Pretty-printed JSON texts, each an element of one array.
    case elements([[UInt8]])
    /// The upload server's.
    case upload(UploadAnswer)
    /// One JSON text of the Interactions API.
    case interaction([UInt8])
    /// Events of the Interactions API, framed, all known.
    case frames([[UInt8]])
    /// Events of the Interactions API, framed, as they happen.
    case live(LiveActions)
    /// Something else than what the endpoint answers.
    case given(GivenAnswer)
    /// What is sent as it is, however the request wants it to look.
    indirect case whole(APIAnswer)
    /// A stream whose events come at times of their own.
    indirect case paced(APIAnswer, StreamPace)
}

extension APIAnswer {
    /// The answer as the request wants it to look.
    public func shaped(_ shape: AnswerShape?) -> APIAnswer {
        guard let shape else { return self }
        return switch self {
        case .json(let text, let tier): .json(shape.applied(to: text, style: .pretty), serviceTier: tier)
        case .events(let texts): .events(texts.map { shape.applied(to: $0, style: .singleLine) })
        case .elements(let texts): .elements(texts.map { shape.applied(to: $0, style: .pretty) })
        case .upload(let answer): .upload(answer.shaped(shape))
        case .paced(let answer, let pace): .paced(answer.shaped(shape), pace)
        // The Interactions API gives nothing but the whole (seen).
        case .interaction, .frames, .live: self
        case .given, .whole: self
        }
    }
}

extension APIAnswer {
    /// The same stream at that pace; nil for as fast as any.
    func paced(_ pace: StreamPace?) -> APIAnswer { pace.map { .paced(self, $0) } ?? self }
}

/// In which form an endpoint sends a refusal.
public enum ErrorForm: Sendable {
    /// The object alone.
    case object
    /// The object alone, but labelled as an event stream (CORE 4.7).
    case eventStream
    /// An array with the object in it (CORE 4.6).
    case array
    /// The object with the upload server's header fields (CORE 2.2).
    case upload
    /// The Interactions API's own (INTERACTIONS 6).
    case interaction
}
