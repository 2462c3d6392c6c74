// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire
import Logging
import RecordReplay
import ScenarioEngine

/// Asks the recordings what a request is answered with.
struct ReplayStage: Sendable {
    let replayer: Replayer
    let renderer: ReplayRenderer
    let uploads = ReplayedUploads()
    let logger: Logger

    init(_ replayer: Replayer = Replayer([]), speed: Double = 0, logger: Logger) {
        self.replayer = replayer
        renderer = ReplayRenderer(speed: speed)
        self.logger = logger
    }

    /// Whether nothing is ever replayed: then nothing needs to be asked.
    var isIdle: Bool { replayer.isIdle }

    // MARK: - Bodies

    /// What takes the body of a request that goes on with a replayed upload; nil for all others.
    func receiver(for head: RequestHead) -> ReplayedUploadReceiver? {
        guard !isIdle else { return nil }
        let asked = UploadHead(head)
        return asked.id.flatMap { uploads.upload($0) }.map { ReplayedUploadReceiver($0, $0.asked(asked)) }
    }

    /// How long a body that brings a whole file may be that is kept to be compared; nil for requests that bring none, and
    /// where none was recorded.
    func longestWholeUpload(_ head: RequestHead) -> Int? {
        guard !isIdle, head.method == "POST", head.target.segments.first == "upload",
            let longest = replayer.longestWholeUpload
        else { return nil }
        let asked = UploadHead(head)
        // Boundaries may be longer than the recorded one.
        return asked.id == nil && !asked.begins ? longest + 64 * 1024 : nil
    }

    // MARK: - Answers

    /// What was recorded for a request; nil where nothing was.
    func replayed(_ asked: AskedRequest, by tenant: Tenant) -> Replayed? {
        guard let use = replayer.use(for: asked, by: tenant.id) else { return nil }
        logger.debug("\(LogText.line(asked.head)) is answered by \(LogText.plain(use.place.words))")
        let upload = use.upload.map { uploads.start($0, at: use.place, of: tenant) }
        return replayed(use.exchange, at: use.place, asked.head, upload)
    }

    /// The answer to a request that goes on with a replayed upload.
    func goOn(_ receiver: ReplayedUploadReceiver, _ head: RequestHead, _ date: Int64) -> Staging {
        let upload = receiver.upload
        switch upload.answer(receiver.head, turn: receiver.turn, count: receiver.count) {
        case .recorded(let number): return recorded(number, upload, head)
        case .final(let number):
            replayer.finish(upload.recorded, at: upload.place)
            return recorded(number, upload, head)
        case .own(let answer):
            let body: [UInt8] = if case .text(let text) = answer.body { Array(text.utf8) } else { [] }
            let plan = ResponsePlan(
                status: answer.code, fields: AnswerFields.upload(answer, now: date), body: body)
            return Staging(
                source: .recording(name: upload.place.name, exchange: upload.place.number),
                replayed: Replayed(plan: plan, place: upload.place))
        case .other(let expected, let got):
            let check = Comparison.Check(name: "bytes", difference: (expected, got))
            let identity = StubIdentity(
                name: "the upload that begins with it", scenario: upload.place.name,
                place: upload.place.words)
            let miss = NearMiss(identity, Comparison(distance: 0.5, checks: [check]))
            return Staging(
                refusal: .noRecordingMatches([miss]), source: .noRecording, isUnmatched: true,
                nearMisses: [miss])
        }
    }

    private func recorded(_ number: Int, _ upload: ReplayedUpload, _ head: RequestHead) -> Staging {
        let (exchange, place) = replayer.exchange(number, besides: upload.place)
        let replayed = replayed(exchange, at: place, head, upload)
        return Staging(
            refusal: replayed.refusal, source: .recording(name: place.name, exchange: place.number),
            replayed: replayed)
    }

    private func replayed(
        _ exchange: RecordedExchange, at place: ReplayPlace, _ head: RequestHead, _ upload: ReplayedUpload?
    ) -> Replayed {
        if let missing = MissingBody(of: exchange.answer) {
            return Replayed(
                plan: nil, place: place, refusal: .cantReplay(exchange.answer, at: place, missing))
        }
        var rendered = renderer.rendered(exchange.answer, for: head)
        if let upload { rendered.plan.head.fields = fields(rendered.plan.head.fields, upload, head) }
        return Replayed(plan: rendered.plan, readable: rendered.readable, place: place)
    }

    /// Leads to us, with an id of ours: the recorded one was a credential.
    private func fields(_ fields: [HTTPFields.Field], _ upload: ReplayedUpload, _ head: RequestHead)
        -> [HTTPFields.Field]
    {
        fields.map { field in
            switch field.name.lowercased() {
            case "x-goog-upload-url", "x-goog-upload-control-url":
                let path = String(RequestTarget(field.value).path)
                return HTTPFields.Field(field.name, UploadURL.make(head, path: path, id: upload.id))
            case "x-guploader-uploadid": return HTTPFields.Field(field.name, upload.id)
            default: return field
            }
        }
    }

    /// The recorded requests that came nearest to one that none fits.
    func nearMisses(of asked: AskedRequest, by tenant: Tenant) -> [NearMiss] {
        ReplayNearMiss.nearest(3, to: asked, by: tenant.id, in: replayer)
    }
}

/// A recorded answer, as it is sent now.
struct Replayed: Sendable {
    /// Nil where it can't be sent.
    var plan: ResponsePlan?
    /// The actions with uncompressed bytes; nil for those of the plan.
    var readable: [WireAction]?
    let place: ReplayPlace
    /// Why it can't be.
    var refusal: APIError?
}

/// A request that the recordings can be asked about, once: they go on with each answer.
final class ReplayOffer {
    private let stage: ReplayStage
    private let head: RequestHead
    private let body: [UInt8]
    /// The body, parsed, where somebody has done that.
    var json: JSONView?
    private var isTaken = false

    init(_ stage: ReplayStage, _ head: RequestHead, body: [UInt8]) {
        self.stage = stage
        self.head = head
        self.body = body
    }

    private var asked: AskedRequest { AskedRequest(head, body: body, json: json) }

    /// - Returns: nil where nothing was recorded for it, or that was asked before.
    func take(by tenant: Tenant) -> Staging? {
        guard !isTaken else { return nil }
        isTaken = true
        return stage.replayed(asked, by: tenant).map { replayed in
            Staging(
                refusal: replayed.refusal,
                source: .recording(name: replayed.place.name, exchange: replayed.place.number),
                replayed: replayed)
        }
    }

    func nearMisses(by tenant: Tenant) -> [NearMiss] { stage.nearMisses(of: asked, by: tenant) }
}

extension ReplayPlace {
    /// `recording greeting, exchange 3`.
    var words: String { "recording \(name), exchange \(number)" }
}

extension APIError {
    static func noRecordingMatches(_ nearest: [NearMiss]) -> APIError {
        let exchanges = nearest.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n")
        let whatIsNear = nearest.isEmpty ? "" : " The nearest:\n\(exchanges)"
        return own(.noRecordingMatches, "nothing was recorded for this request.\(whatIsNear)")
    }

    static func cantReplay(_ answer: RecordedAnswer, at place: ReplayPlace, _ missing: MissingBody)
        -> APIError
    {
        let (reason, why): (OwnReason, String) =
            switch missing {
            case .tooLong:
                (.bodyWasTooLong, "its body of \(answer.body.length) bytes was too long to be recorded.")
            case .unsearchable(let coding):
                (
                    .bodyWasUnsearchable,
                    "its body was left out of the recording, since what is coded as “\(LogText.plain(coding))” can’t be "
                        + "searched for credentials. Record it with “Accept-Encoding: gzip”, or none."
                )
            case .notImported:
                (.bodyWasNotImported, "the file that it was imported from doesn’t have its body.")
            }
        return own(reason, "the answer can’t be replayed (\(place.words)): \(why)")
    }
}
