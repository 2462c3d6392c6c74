// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire
import Logging
import MicroHTTP
import RecordReplay
import ScenarioEngine

/// A fake Gemini API on a port of this machine.
///
///     let server = try MockServer.start()
///     defer { server.stop() }
///     // point the client under test at server.baseURL, with any API key
///
/// Several can run in one process; each has its own port, models and seed.
public final class MockServer: Sendable {
    /// How the server behaves. The defaults suit a test: any free port of the loopback address, every key is good.
    public struct Configuration: Sendable {
        /// Address or name to listen on.
        public var host = "127.0.0.1"
        /// 0 is any free port.
        public var port = 0
        /// What to serve HTTPS with, beside HTTP; nil without HTTPS.
        public var certificate: TLSCertificate?
        /// Port of HTTPS; 0 is any free port.
        public var tlsPort = 0
        /// A port for clients that have the API's host compiled in and take a proxy; nil without it.
        public var proxy: ProxyConfiguration?
        /// The file of the authority that vouches for `certificate`; only told, by the admin API.
        public var authorityFile: String?
        /// What built-in answers follow from, with the request.
        public var seed: UInt64 = 0
        /// The API keys and bearer tokens that are good; nil means every one is.
        public var apiKeys: Set<String>?
        /// Names, or patterns with `*` and `?`, of models to know besides those of the table.
        public var models: [String] = []
        /// Whether to know nothing but `models`.
        public var knowsOnlyGivenModels = false
        /// The largest request body, in bytes. The real limit is 20 MiB by most of its documentation (CORE 6.4).
        public var maximumRequestBytes = 20_971_520
        /// The largest file that can be uploaded, in bytes. The real limit is 2 GiB (CORE 2.6).
        public var maximumFileBytes = 2_147_483_648
        /// A folder that keeps uploaded files until they expire, beyond the server's life; made where it is missing. Without
        /// it the bytes aren't kept at all: the API never gives them back.
        public var dataFolder: String?
        /// What to answer to which requests, in the order in which their stubs are tried.
        public var scenarios: [MockScenario] = []
        /// Scenarios to choose from by name, each played alone for whoever asks for it: with the API key `scenario:NAME` or
        /// `scenario:NAME:ANYTHING`, or the header `X-Gemini-Mock-Scenario: NAME`. Those of `scenarios` can be chosen too.
        public var library: [MockScenario] = []
        /// Whether `/t/NAME` behind the base URL chooses the scenario NAME of `library`, too, and `/t/NAME.ANYTHING`: for
        /// clients that can vary nothing but where they call.
        package var choosesScenariosByPath = false
        /// What was recorded, to be replayed where no stub of the scenarios matches. Any API key is good for that, and none,
        /// unless `apiKeys` says which are.
        public var recordings: [MockRecording] = []
        /// How fast recordings are replayed: 1 is with the recorded waits, by the server's clock, 2 twice as fast; 0 waits for
        /// nothing.
        public var replaySpeed: Double = 0
        /// Whether to refuse requests that no stub of the scenarios matches and no recording has, instead of answering them.
        public var refusesUnmatched = false
        /// What to do with requests that the real service would refuse.
        public var validation = Validation.strict
        /// Whether to refuse time-outs (`X-Server-Timeout`) under 10 seconds, as the real service does.
        public var refusesShortDeadlines = false
        /// How long streams wait between two events.
        public var streamInterval: Duration = .zero
        /// How long runs of the Interactions API in the background take, by `clock`.
        public var backgroundRunLength: Duration = .seconds(1)
        /// Which turns of the Interactions API are kept, and how long.
        public var interactionLimits = InteractionStore.Limits()
        /// Whether to compress answers for clients that accept it, as the real service does.
        public var usesGzip = false
        /// Where dates come from. The server's clock runs like it until it is moved (`advanceClock`).
        public var clock: any WallClock = SystemWallClock()
        /// How many connections are served at once, where as many descriptors may be had; a further one is told so.
        public var maximumConnections = 65_536
        /// How many requests of one tenant are answered at once; a further one is refused.
        public var maximumTenantRequests = 16_384
        /// Who may use the admin API under `/__admin/`.
        public var admin = Admin.thisMachine
        /// How much is remembered of what was received and answered.
        public var journalLimits = Journal.Limits()
        /// Where to report failures, and at `debug` each request.
        public var logger = Logger(label: "gemini-mock", factory: { _ in SwiftLogNoOpLogHandler() })

        /// Who answers what neither a scenario nor a recording does; nil for the server itself.
        package var misses: (any RequestHandler)?
        /// A recording that grows while the server runs (`addRecorded`); asked last.
        package var growing: Recording?

        public init() {}
    }

    /// Who may use the admin API, which shows and changes everything.
    public enum Admin: Sendable, Equatable {
        /// Nobody: its paths are none of the API's.
        case off
        /// Programs on this machine, but not pages in its browsers.
        case thisMachine
        /// Those, and whoever brings this key (`X-Gemini-Mock-Admin-Key`).
        case key(String)

        var gate: AdminGate? {
            switch self {
            case .off: nil
            case .thisMachine: AdminGate(key: nil)
            case .key(let key): AdminGate(key: key)
            }
        }
    }

    /// What to do with requests that the real service would refuse.
    public enum Validation: String, Sendable, CaseIterable {
        /// Refuse them in its words.
        case strict
        /// Answer them, and log what is wrong.
        case warn
        /// Answer them.
        case off
    }

    private let server: HTTPServer
    let player = ScenarioPlayer()
    let replay: ReplayStage
    private let unmatched = UnmatchedTally()
    private let scenarioFiles: ScenarioFiles?
    private let service: FakeService
    /// What was received and what was answered.
    public let journal: Journal
    let subjects: JournalSubjects
    private let host: String
    private let clock: ServerClock
    /// What the admin API sees and steers, be it on or off.
    let admin: AdminServer

    /// The port that the server listens on.
    public var port: Int { server.port }

    /// What to give to a client, such as `http://127.0.0.1:49152`; no slash at the end.
    public var baseURL: String { "http://\(MockServer.reachable(host)):\(port)" }

    /// The same for HTTPS; nil without a certificate.
    public var tlsBaseURL: String? {
        server.tlsPort.map { "https://\(MockServer.reachable(host)):\($0)" }
    }

    /// What to give as proxy to clients that have the API's host compiled in (`HTTPS_PROXY`); nil without it.
    public var proxyURL: String? { server.proxyPort.map { "http://127.0.0.1:\($0)" } }

    /// Starts a server; it listens when this returns. Raises this process's limit of open descriptors to what is allowed.
    ///
    /// - Throws: `MockServerError` where it can't listen, or a file isn't what it should be.
    public static func start(_ configuration: Configuration = Configuration()) throws(MockServerError)
        -> MockServer
    {
        try MockServer(configuration, endpoints: EndpointTable())
    }

    /// - Parameters:
    ///   - endpoints: what to serve; tests of the pipeline bring their own.
    ///   - idleTimeout: seconds after which the library gives up a client that neither sends nor reads.
    init(
        _ configuration: Configuration, endpoints: EndpointTable,
        idleTimeout: Int = HTTPServer.Configuration().idleTimeout
    ) throws(MockServerError) {
        let folder: FileFolder?
        do {
            folder = try configuration.dataFolder.map { path throws(FileFolderError) in
                try FileFolder(path: path)
            }
        } catch {
            throw MockServerError(error)
        }
        scenarioFiles =
            configuration.scenarios.isEmpty && configuration.library.isEmpty
            ? nil
            : try ScenarioFiles(configuration.scenarios, library: configuration.library, player: player) {
                configuration.logger.warning("\(LogText.plain($0))")
            }
        let speed = configuration.replaySpeed
        replay = ReplayStage(
            Replayer(
                try MockRecording.load(configuration.recordings)
                    + [configuration.growing].compactMap(\.self)),
            speed: speed.isFinite && speed > 0 ? speed : 0, logger: configuration.logger)
        clock = ServerClock(configuration.clock)
        journal = Journal(limits: configuration.journalLimits)
        service = FakeService(
            models: ModelCatalog(
                added: configuration.models, isOnlyAdded: configuration.knowsOnlyGivenModels),
            seed: configuration.seed, clock: clock.dates, checks: MockServer.checks(configuration),
            maximumFileBytes: configuration.maximumFileBytes, folder: folder,
            interactions: InteractionStore(limits: configuration.interactionLimits) {
                [logger = configuration.logger] in
                logger.notice("\($0)")
            },
            runLength: configuration.backgroundRunLength
        )
        let pipeline = Pipeline(
            endpoints: endpoints,
            credentials: Credentials(
                known: configuration.apiKeys, player: player,
                playsByTenant: configuration.choosesScenariosByPath),
            service: service,
            scenarios: ScenarioStage(
                player: player, refusesUnmatched: configuration.refusesUnmatched,
                passesOn: configuration.misses != nil, logger: configuration.logger, unmatched: unmatched
            ),
            replay: replay,
            passing: configuration.misses.map { PassingOn(handler: $0) },
            renderer: AnswerRenderer(
                clock: clock.dates, streamInterval: configuration.streamInterval),
            journal: journal,
            turns: TenantTurns(limit: max(1, configuration.maximumTenantRequests)),
            maximumRequestBytes: configuration.maximumRequestBytes,
            usesGzip: configuration.usesGzip,
            logger: configuration.logger
        )
        subjects = JournalSubjects(endpoints: endpoints, service: service)
        admin = AdminServer(
            journal: journal, subjects: subjects, service: service, player: player, replay: replay,
            clock: clock,
            unmatched: unmatched)
        let door = AdminDoor(api: pipeline, gate: configuration.admin.gate, server: admin)
        var http = HTTPServer.Configuration()
        http.host = configuration.host
        http.port = configuration.port
        http.certificate = configuration.certificate
        http.tlsPort = configuration.tlsPort
        http.proxy = configuration.proxy
        http.idleTimeout = idleTimeout
        // Room for the descriptors that are no connections, or ones that are told that they are too many; where bytes are kept,
        // each upload has one more.
        let others = 192 + (configuration.proxy?.pendingLimit ?? 0)
        let descriptors = max(32, DescriptorLimit.raise() - others)
        let connections = folder == nil ? descriptors : descriptors / 2
        http.connectionLimit = max(1, min(connections, configuration.maximumConnections))
        host = configuration.host
        do {
            server = try HTTPServer(
                http, logger: configuration.logger, state: clock.wire, handler: door)
        } catch {
            throw MockServerError(error)
        }
        let addresses = ServerAddresses(
            baseURL: baseURL, tlsBaseURL: tlsBaseURL, proxyURL: proxyURL,
            authorityFile: configuration.authorityFile)
        admin.addresses.withLock { $0 = addresses }
    }

    /// Moves the server's clock on: runs in the background come to their end, what is kept for a time is forgotten, and waits
    /// on the wire that are over by then end at once. It goes a century (36,600 days) ahead at most, all moves together.
    public func advanceClock(by duration: Duration) { clock.advance(by: duration) }

    /// Lets the server's clock stand still: dates don't change, nothing expires, and waits on the wire last until the clock
    /// is moved on by what is left of them. What is about clients goes on: one that leaves or never reads is given up.
    public func freezeClock() { clock.freeze() }

    /// Lets the server's clock go on from where it stands.
    public func resumeClock() { clock.resume() }

    /// What time it is for the server, and how its clock runs.
    public var clockState: ClockState { clock.state }

    /// Reads the scenario files again if they have changed: all of them or none. Requests under way keep their answers;
    /// what they say is played from its beginning. What was loaded otherwise stays, and goes on where it is.
    public func reloadScenarios() -> ScenarioReload { scenarioFiles?.reload() ?? .unchanged }

    /// The names of the scenarios that are played for everybody.
    public var scenarioNames: [String] { player.set().names }

    /// The requests that no stub and no recording has matched. None where there is neither: there is nothing to match. What goes on with
    /// something that a stub let begin isn't counted.
    public var unmatchedRequests: UnmatchedRequests { unmatched.value }

    /// The scenarios' stubs with `required: true` that no request has used, each with its place. Of the library those of
    /// scenarios that somebody has asked for.
    public var unusedStubs: [String] { player.unused.map(\.description) }

    /// The scenarios' faults that have struck nobody, or not as often as they were to, each with its stub's place.
    public var unspentFaults: [String] { player.unspentFaults.map(\.description) }

    /// The exchanges of recordings that no request has used, a line each.
    public var unusedExchanges: [String] {
        replay.replayer.usage.flatMap { recording in
            recording.unused.map { exchange in
                LogText.plain(
                    "\(exchange.method) \(exchange.target) (recording \(recording.name), exchange \(exchange.number))"
                )
            }
        }
    }

    /// Puts exchanges behind those of the recording that grows: the next request that means the same gets what they say.
    package func addRecorded(_ exchanges: [RecordedExchange]) { replay.replayer.add(exchanges) }

    /// Ends open streams and uploads where they are, closes all connections and gives port and folder back. A second call
    /// returns at once.
    public func stop() {
        server.stop()
        service.stop()
    }

    /// How many requests wait for the clock: in a stream between two events, in a delay, in a hang. Who moves the clock on
    /// sees here that there is something to move on.
    public var waitingConnections: Int { server.waitingConnections }

    /// Requests under way and streams open, as seen by the HTTP library; both 0 after `stop`.
    public var liveObjects: (exchanges: Int, readers: Int) { server.liveObjects }

    /// Connections that the HTTP library hasn't closed yet.
    var openConnections: Int { server.openConnections }

    private static func checks(_ configuration: Configuration) -> RequestChecks {
        let logger = configuration.logger
        let mode: RequestChecks.Mode =
            switch configuration.validation {
            case .strict: .strict
            case .warn: .warn
            case .off: .off
            }
        return RequestChecks(mode: mode, refusesShortDeadlines: configuration.refusesShortDeadlines) {
            logger.warning("\(LogText.line($0)) \(LogText.plain($1))")
        }
    }

    /// An address that clients can connect to, for one that only a server can listen on.
    private static func reachable(_ host: String) -> String {
        switch host {
        case "0.0.0.0": "127.0.0.1"
        case "::": "[::1]"
        case let address where address.contains(":"): "[\(address)]"
        default: host
        }
    }
}

/// Why a server could not start.
public struct MockServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whether another program has the port.
    public let isAddressInUse: Bool
    /// What is wrong with the TLS certificate or its key; nil where something else is.
    public let certificateProblem: CertificateProblem?
    /// What is wrong with the scenario files or the recordings, a line each; empty where something else is.
    public let scenarioProblems: [String]
    /// What was tried, why it failed, what to do.
    public let description: String

    /// Why a certificate or its key can't be used.
    public enum CertificateProblem: Sendable {
        /// Its file can't be read.
        case unreadable
        /// It is no certificate or no key, or they don't belong together.
        case unusable
    }

    init(scenarios problems: [String]) {
        isAddressInUse = false
        certificateProblem = nil
        scenarioProblems = problems
        description = problems.joined(separator: "\n")
    }

    init(_ error: HTTPServerError) {
        scenarioProblems = []
        isAddressInUse = error.code == .addressInUse
        certificateProblem =
            switch error.code {
            case .certificateUnreadable: .unreadable
            case .certificateUnusable: .unusable
            case .addressUnknown, .addressInUse, .addressNotPermitted, .libraryFailed: nil
            }
        description = error.description
    }

    init(_ error: FileFolderError) {
        scenarioProblems = []
        isAddressInUse = false
        certificateProblem = nil
        description = error.description
    }
}
