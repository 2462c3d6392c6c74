// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// How strictly requests are checked, and whom to tell of what is let pass.
public struct RequestChecks: Sendable {
    public enum Mode: String, Sendable, CaseIterable {
        /// Refuse what the real service refuses.
        case strict
        /// Answer, and tell what the real service would have refused.
        case warn
        /// Answer, and say nothing.
        case off
    }

    public let mode: Mode
    /// Whether `X-Server-Timeout` under 10 seconds is refused (CORE 6.7). Off unless told: tests like short time-outs.
    public let refusesShortDeadlines: Bool
    private let report: @Sendable (RequestHead, String) -> Void
    /// Of the request that is being answered.
    var notes: (any CallNotes)?

    /// - Parameter report: gets what is worth a line in the log, about the request with that head. Untrusted text.
    public init(
        mode: Mode = .strict, refusesShortDeadlines: Bool = false,
        report: @escaping @Sendable (RequestHead, String) -> Void = { _, _ in }
    ) {
        self.mode = mode
        self.refusesShortDeadlines = refusesShortDeadlines
        self.report = report
    }

    /// The call with what binding its body has found, checked up to where the model is looked up (CORE 6.1).
    ///
    /// - Throws: `APIError` about the deadline, the query, or every value that doesn't fit its field.
    public func bind(_ call: APICall, to endpoint: any Endpoint) throws(APIError) -> APICall {
        if refusesShortDeadlines { try checkDeadline(call.head) }
        guard mode != .off, let message = endpoint.message else { return call }
        if !call.head.target.query.isEmpty {
            let violations = RequestChecks.binder(version: call.version).violations(
                query: call.head.target.query, of: message)
            if !violations.isEmpty { try refuse(.invalidValues(violations), call.head) }
        }
        // Of the others the path and the query say everything; of those that are received the endpoint knows what is JSON.
        guard endpoint.route.method == "POST", call.received == nil else { return call }
        return call.bound(try bind(call.body, to: message, version: call.version, call.head))
    }

    /// Checks a body that has arrived in parts.
    ///
    /// - Throws: `APIError` about every value that doesn't fit its field.
    func bind(_ body: JSONView, as endpoint: any Endpoint, _ call: APICall) throws(APIError) {
        guard let message = endpoint.message else { return }
        _ = try bind(body, to: message, version: call.version, call.head)
    }

    /// The base64 in a body that is bound to a message.
    private func bind(
        _ body: JSONView, to message: String, version: String, _ head: RequestHead
    ) throws(APIError) -> Base64Shapes {
        guard mode != .off, let bound = RequestChecks.binder(version: version).bind(body, to: message) else {
            return Base64Shapes()
        }
        if !bound.violations.isEmpty { try refuse(.invalidValues(bound.violations), head) }
        return bound.base64
    }

    /// Refuses, tells or passes over, as the mode says.
    func refuse(_ error: APIError?, _ head: RequestHead) throws(APIError) {
        guard let error else { return }
        switch mode {
        case .strict: throw error
        case .warn: tell("would be refused: \(error.status.http) \(error.message)", head)
        case .off: return
        }
    }

    /// Tells of what the real service accepts and somebody may still want to know.
    func note(_ text: String, _ head: RequestHead) {
        if mode != .off { tell(text, head) }
    }

    private func tell(_ text: String, _ head: RequestHead) {
        report(head, text)
        notes?.warn(text)
    }

    /// Names of types follow the version in the path (CORE 6.3, seen).
    private static func binder(version: String) -> MessageBinder { binders[version] ?? stable }

    private static let stable = MessageBinder(package: "google.ai.generativelanguage.v1")
    private static let binders = Dictionary(
        uniqueKeysWithValues: RouteTemplate.versions.map { version in
            (version, MessageBinder(package: "google.ai.generativelanguage.\(version)"))
        }
    )

    private func checkDeadline(_ head: RequestHead) throws(APIError) {
        guard let text = head.fields["x-server-timeout"], let seconds = Double(text), seconds < 10 else {
            return
        }
        throw .deadlineTooShort(seconds: Int(exactly: seconds).map { "\($0)" } ?? text)
    }
}
