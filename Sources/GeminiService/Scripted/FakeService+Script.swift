// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

extension FakeService {
    /// What is answered to a call: an error and a whole body of a scenario at once, all else by the endpoint.
    ///
    /// - Throws: `APIError` to refuse; anything else is a failure of ours and becomes a 500.
    public func answer(_ call: APICall, by endpoint: any Endpoint) throws -> APIAnswer {
        switch call.script {
        case .error(let error): try refused(error, call, endpoint)
        case .body(let json, let status): try whole(json, status: status, call, endpoint)
        case .answer, .builtIn, .file, .interaction, nil: try endpoint.answer(call, self)
        }
    }

    // MARK: Errors

    private func refused(_ error: NamedError, _ call: APICall, _ endpoint: any Endpoint) throws -> APIAnswer {
        guard let answer = ErrorCatalog.answer(error, about: ErrorSubject(call, endpoint)) else {
            throw UnusableReply(description: "there is no error “\(error.name)”")
        }
        let form = endpoint.errorForm(for: call.head)
        switch answer {
        case .status(let error): throw error
        case .page(let http, let title, let sentence):
            return .given(
                GivenAnswer(status: http, body: .page(title: title, sentence: sentence), form: form))
        case .text(let http, let text):
            return form == .upload
                ? .upload(UploadAnswer(code: http, status: .final, body: .text(text)))
                : .given(GivenAnswer(status: http, body: .text(text), form: form))
        case .object(let http, let json):
            return given(form == .array ? .array([json]) : json, status: http, form)
        }
    }

    // MARK: Whole bodies

    private func whole(_ json: JSON, status: Int, _ call: APICall, _ endpoint: any Endpoint) throws
        -> APIAnswer
    {
        // What is below isn't an answer yet, and the client would go on waiting for one.
        guard (200...599).contains(status) else {
            throw UnusableReply(description: "\(status) is no status of an answer")
        }
        let form = endpoint.errorForm(for: call.head)
        guard status == 200 else { return given(json, status: status, form) }
        switch form {
        case .eventStream: return .whole(.events(json.parts.map { $0.bytes(.singleLine) }))
        case .array: return .whole(.elements(json.parts.map { $0.bytes(.pretty) }))
        case .upload: return given(json, status: status, form)
        case .interaction where endpoint.isStream(call):
            return .frames(json.parts.map { InteractionEvent.frame(of: $0) } + [InteractionEvent.done])
        case .interaction: return .interaction(json.bytes(.compact))
        case .object:
            let tier = endpoint is GenerateContentEndpoint ? serviceTier(call.body) : nil
            return .whole(.json(json.bytes(.pretty), serviceTier: tier))
        }
    }

    /// JSON with any status, in the form of the endpoint's refusals.
    private func given(_ json: JSON, status: Int, _ form: ErrorForm) -> APIAnswer {
        switch form {
        case .upload:
            .whole(.upload(UploadAnswer(code: status, status: .final, body: .json(json.bytes(.pretty)))))
        case .interaction:
            .given(GivenAnswer(status: status, body: .json(json.bytes(.compact)), form: form))
        case .object, .eventStream, .array:
            .given(GivenAnswer(status: status, body: .json(json.bytes(.pretty)), form: form))
        }
    }
}

/// A reply that can't be sent. Scenario files are checked for that, so it is made by hand.
struct UnusableReply: Error, CustomStringConvertible {
    let description: String
}

extension JSON {
    /// A list's elements; else the value alone.
    fileprivate var parts: [JSON] { if case .array(let elements) = self { elements } else { [self] } }
}
