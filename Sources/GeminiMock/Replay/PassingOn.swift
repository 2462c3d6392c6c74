// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import MicroHTTP
import RecordReplay

/// Where requests go that neither a scenario nor a recording answers: to an upstream, by whoever records what passes by.
struct PassingOn: Sendable {
    let handler: any RequestHandler

    /// What takes the body of a request that is passed on while it comes: of those that go on with an upload that the upstream
    /// has let begin, and of files that are longer than any that was recorded. All others are looked at first.
    func receiver(for head: RequestHead, _ replay: ReplayStage) -> PassedReceiver? {
        guard head.target.segments.first == "upload", head.method != "OPTIONS" else { return nil }
        let upload = UploadHead(head)
        if upload.id == nil {
            guard !upload.begins else { return nil }
            let length = head.fields["content-length"].flatMap { Int($0) } ?? 0
            if let longest = replay.longestWholeUpload(head), length <= longest { return nil }
        }
        return passed(head)
    }

    /// The answer to a request whose body is there.
    func plan(for head: RequestHead, body: [UInt8]) -> ResponsePlan {
        guard let receiver = passed(head) else { return ResponsePlan(status: 500, fields: [], body: []) }
        if !body.isEmpty { body.withUnsafeBytes { receiver.receive($0) } }
        _ = receiver.finish()
        return plan(for: receiver)
    }

    /// The answer to a request whose body was passed on.
    func plan(for receiver: PassedReceiver) -> ResponsePlan {
        handler.respond(to: HTTPRequest(head: receiver.head, body: receiver.body))
    }

    private func passed(_ head: RequestHead) -> PassedReceiver? {
        let head = PassingOn.withoutOwn(head)
        return handler.receiver(for: head).map { PassedReceiver($0, head) }
    }

    /// Without what is meant for this server alone.
    private static func withoutOwn(_ head: RequestHead) -> RequestHead {
        let fields = head.fields.all.filter { !$0.name.lowercased().hasPrefix("x-gemini-mock-") }
        var target = head.target.raw
        if head.target.tenant != nil {
            // `/t/NAME/v1beta/…`; the name may be encoded.
            let path = target.hasPrefix("/") ? target[...] : head.target.path
            let parts = path.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
            if parts.count == 4 { target = "/\(parts[3])" }
        }
        return RequestHead(
            method: head.method, target: RequestTarget(target), fields: HTTPFields(fields),
            isFromLoopback: head.isFromLoopback, isEncrypted: head.isEncrypted)
    }
}

/// The body of a request that is passed on.
///
/// `@unchecked Sendable`: only its connection's thread touches it.
final class PassedReceiver: BodyReceiver, @unchecked Sendable {
    let inner: any BodyReceiver
    /// As the upstream gets it.
    let head: RequestHead
    private(set) var body = HTTPRequest.Body.bytes([])

    init(_ inner: any BodyReceiver, _ head: RequestHead) {
        self.inner = inner
        self.head = head
    }

    var wantsMore: Bool { inner.wantsMore }
    func nextStep() -> BodyStep { inner.nextStep() }
    func receive(_ bytes: UnsafeRawBufferPointer) { inner.receive(bytes) }

    func finish() -> HTTPRequest.Body {
        body = inner.finish()
        return .received(self)
    }
}

/// Tells two what becomes of an answer.
private final class BothWitnesses: DeliveryWitness {
    private let one: any DeliveryWitness
    private let other: any DeliveryWitness

    init(_ one: any DeliveryWitness, _ other: any DeliveryWitness) {
        self.one = one
        self.other = other
    }

    func sent(_ bytes: UnsafeRawBufferPointer, at time: Int64) {
        one.sent(bytes, at: time)
        other.sent(bytes, at: time)
    }

    func ended(_ ending: DeliveryEnding, at time: Int64) {
        one.ended(ending, at: time)
        other.ended(ending, at: time)
    }
}

extension Pipeline {
    /// Passes a request on; nil where that isn't asked for.
    func passedOn(_ request: HTTPRequest, _ notes: RequestNotes) -> ResponsePlan? {
        guard let passing, case .bytes(let bytes) = request.body else { return nil }
        // Armed faults strike it as any other answer.
        notes.staging = Staging(wire: notes.staging.wire, source: .upstream)
        return passing.plan(for: request.head, body: bytes)
    }

    /// The answer of the upstream, which is in the journal once it is known.
    func entered(_ plan: ResponsePlan, _ request: HTTPRequest, _ notes: RequestNotes, at started: Int64)
        -> ResponsePlan
    {
        let wire = notes.staging.wire
        guard let coming = plan.pending else {
            var plan = wire?.applied(to: plan, for: request.head) ?? plan
            plan.witness = journal.enter(request, plan, notes, at: started)
            return plan
        }
        let proxy = plan.witness
        let entries = journal
        let pending =
            wire.map { wire in
                CollectedAnswer(coming).plan { wire.applied(to: $0, for: request.head) }
            } ?? coming
        var waiting = ResponsePlan.pending(
            pending.mapped { answer in
                var answer = answer
                let entry = entries.enter(request, answer, notes, at: started)
                answer.witness =
                    if let entry, let proxy { BothWitnesses(proxy, entry) } else { entry ?? proxy }
                return answer
            })
        waiting.witness = proxy
        return waiting
    }
}
