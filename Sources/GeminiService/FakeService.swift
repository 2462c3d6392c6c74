// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// What endpoints answer from: the models, the seed, and (as endpoints with state arrive) the stores.
public struct FakeService: Sendable {
    public let models: ModelCatalog
    /// All that looks random in built-in answers follows from it and from the request.
    public let seed: UInt64
    /// What time it is for all that lasts and expires.
    public let clock: any WallClock
    /// The uploaded files.
    let fileStore: FileStore
    let uploads: UploadStore
    /// Where a file that a request names is looked up: in the store, but for tests.
    var files: any FileDirectory
    /// Where uploaded bytes are kept; nil where they aren't.
    private let folder: FileFolder?
    /// The turns that are kept.
    public let interactions: InteractionStore
    /// How long a run in the background takes.
    public private(set) var runLength: Duration
    /// Worked out once: taking names apart is a tenth of what a small answer costs.
    private let traits: [String: ModelTraits]

    /// How strictly requests are checked.
    public private(set) var checks: RequestChecks

    /// - Parameters:
    ///   - maximumFileBytes: the largest file that can be uploaded.
    ///   - folder: keeps files beyond the service's life.
    public init(
        models: ModelCatalog, seed: UInt64, clock: any WallClock, checks: RequestChecks = RequestChecks(),
        maximumFileBytes: Int? = nil, folder: FileFolder? = nil,
        interactions: InteractionStore = InteractionStore(), runLength: Duration = .seconds(1)
    ) {
        self.interactions = interactions
        self.runLength = runLength
        self.models = models
        self.seed = seed
        self.clock = clock
        self.checks = checks
        self.folder = folder
        var limits = FileStore.Limits()
        if let maximumFileBytes { limits.fileBytes = maximumFileBytes }
        fileStore = FileStore(clock: clock, seed: seed, limits: limits, folder: folder)
        uploads = UploadStore(clock: clock, seed: seed)
        files = fileStore
        traits = Dictionary(
            models.listed.map { ($0.name, ModelTraits($0)) }, uniquingKeysWith: { first, _ in first }
        )
    }

    /// Gives back what uploads on their way hold, and the folder: another service may have it from now on. Call it when no
    /// request is under way any more.
    public func stop() {
        uploads.removeAll()
        folder?.release()
    }

    /// The same service, whose runs in the background take another time; nil for the usual one.
    public func taking(_ runLength: Duration?) -> FakeService {
        guard let runLength else { return self }
        var service = self
        service.runLength = runLength
        return service
    }

    /// The same service, which notes what it finds out about one request.
    public func noting(in notes: any CallNotes) -> FakeService {
        var service = self
        service.checks.notes = notes
        return service
    }

    /// Notes what the request that is being answered is about.
    func note(_ subject: CallSubject) { checks.notes?.concerns(subject) }

    func traits(of model: Model) -> ModelTraits { traits[model.name] ?? ModelTraits(model) }

    /// For the bytes of a file that is about to arrive.
    ///
    /// - Parameter tenant: whose they are, where they may be long on their way.
    func newBytes(of tenant: Tenant? = nil) -> UploadedBytes {
        UploadedBytes(
            folder: folder,
            account: tenant.map { UploadedBytes.Account(store: fileStore, owner: $0.hash) })
    }

    /// The model that a call names.
    ///
    /// - Parameters:
    ///   - method: the name that a refusal tells.
    ///   - capability: which of the model's methods is needed, where that has another name.
    /// - Throws: the real 404 where there is no such model, or it can't do that.
    func model(_ call: APICall, method: String, capability: String? = nil) throws(APIError) -> Model {
        guard let model = models.model(named: call.names[0]),
            model.methods.contains(capability ?? method) || models.isGiven(model.name)
        else {
            throw .modelNotFound("models/\(call.names[0])", version: call.version, method: method)
        }
        return model
    }

    /// The media that contents carry or name.
    ///
    /// - Throws: what the API refuses the first of them with that it doesn't take.
    func media(
        of contents: [Content], systemInstruction: Content? = nil, in call: APICall
    ) throws(APIError) -> RequestMedia {
        let media = RequestMedia(
            contents: contents, systemInstruction: systemInstruction, files: files, tenant: call.tenant
        )
        try checks.refuse(media.refusal, call.head)
        return media
    }

    /// The answer to a generateContent request, built in or as a scenario says, whole or streamed.
    func answer(_ call: APICall, method: String) throws(APIError) -> ModelAnswer {
        let model = try model(call, method: method, capability: "generateContent")
        var problems = call.problems("GenerateContentRequest")
        let request = GenerateContentRequest(call.body, &problems)
        try checks.refuse(problems.refusal, call.head)
        // There are no caches yet, so none is found.
        if request.cachedContent != nil { try checks.refuse(.cachedContentNotFound, call.head) }
        let media = try media(
            of: request.contents, systemInstruction: request.systemInstruction, in: call)
        let answer = ModelAnswer.make(
            to: request, media: media, traits: traits(of: model), model: model.name,
            serviceTier: serviceTier(call.body),
            seed: Fingerprint.of(call.body.source, seed: Fingerprint.of(model.name, seed: seed)),
            script: call.script
        )
        if answer.promptTokens > model.inputTokenLimit {
            try checks.refuse(.tooManyTokens(limit: model.inputTokenLimit), call.head)
        }
        checks.noteMediaKinds(of: request, media, call.head)
        return answer
    }

    /// The tier that was asked for (CORE 4.2: lower case in the clients), else the usual one.
    func serviceTier(_ body: JSONView) -> String {
        let asked = body.field("serviceTier")?.string?.lowercased() ?? ""
        return ["flex", "standard", "priority"].contains(asked) ? asked : "standard"
    }
}
