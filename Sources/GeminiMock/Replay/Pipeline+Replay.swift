// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire
import RecordReplay

/// What recordings answer besides calls that scenarios are asked about.
extension Pipeline {
    /// What to ask the recordings with; nil where there are none, and for what goes on with an upload that none has begun.
    func offer(_ request: HTTPRequest) -> ReplayOffer? {
        guard !replay.isIdle, UploadHead(request.head).id == nil else { return nil }
        let bytes: [UInt8] = if case .bytes(let bytes) = request.body { bytes } else { [] }
        return ReplayOffer(replay, request.head, body: bytes)
    }

    /// The answer to a request that goes on with a replayed upload.
    func goOn(
        _ receiver: ReplayedUploadReceiver, _ head: RequestHead, _ started: Int64, _ notes: RequestNotes
    ) -> ResponsePlan {
        notes.tenant = receiver.upload.tenant
        notes.endpoint = receivingName(head)
        notes.concerns(.upload(id: receiver.upload.id))
        let staging = replay.goOn(receiver, head, renderer.clock.nanoseconds)
        if staging.isUnmatched { scenarios.unmatched.count(head, nearest: staging.nearMisses.first) }
        notes.staging = staging
        if let plan = staging.replayed?.plan { return plan }
        return renderer.plan(staging.refusal ?? .internalError, form: .upload, started: started)
    }

    func receivingName(_ head: RequestHead) -> String? {
        if case .endpoint(let endpoint, _, _) = endpoints.route(head) { endpoint.name } else { nil }
    }

    /// The answer to what is no call of an endpoint: recorded, or else `answer`.
    func beyond(
        _ head: RequestHead, _ form: ErrorForm, _ started: Int64, _ notes: RequestNotes,
        _ offer: ReplayOffer?, _ answer: (Caller) throws -> ResponsePlan
    ) -> ResponsePlan {
        refusing(form, head, started) {
            let caller = Caller { () throws(APIError) in try credentials.tenant(of: head) }
            if let offer, let tenant = caller.tenant ?? caller.error.flatMap({ anonymous($0) }) {
                notes.tenant = caller.tenant
                if let plan = try replaying(offer, head, tenant, notes) { return plan }
            }
            return try answer(caller)
        }
    }

    /// Asks the recordings alone.
    ///
    /// - Returns: nil where they have nothing, and that isn't refused.
    func replaying(_ offer: ReplayOffer, _ head: RequestHead, _ tenant: Tenant, _ notes: RequestNotes)
        throws(APIError) -> ResponsePlan?
    {
        let staging = scenarios.replaying(offer, head, tenant)
        notes.staging = staging
        if let refusal = staging.refusal { throw refusal }
        return staging.replayed?.plan
    }

    /// Whose a request is that was refused for its credentials, where all are good: what it brought may have been recorded.
    func anonymous(_ error: any Error) -> Tenant? {
        guard credentials.known == nil, let error = error as? APIError,
            error == .noCredential || error == .severalCredentials
        else { return nil }
        return Tenant("")
    }
}

/// Who has sent a request, or why that isn't known.
struct Caller {
    let tenant: Tenant?
    let error: APIError?

    init(_ tenant: () throws(APIError) -> Tenant) {
        do throws(APIError) {
            (self.tenant, error) = (try tenant(), nil)
        } catch {
            (self.tenant, self.error) = (nil, error)
        }
    }
}
