// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Makes a recording of other tools' files: HAR, VCR cassettes, google/test-server. What it takes is redacted at once.
public struct RecordingImport {
    /// The host of the API; requests to others are skipped unless they are asked for.
    public static let apiHost = "generativelanguage.googleapis.com"
    private static let mostProblems = 20

    public private(set) var exchanges: [RecordedExchange] = []
    /// Where the first of them went; empty where there is none.
    public private(set) var upstream = ""
    /// When the first of them was made, RFC 3339; empty where no file tells.
    public private(set) var made = ""
    /// That of the first that was exported from a recording.
    public var matching: Recording.Matching { knownMatching ?? Recording.Matching() }
    private var knownMatching: Recording.Matching?

    /// Nil for all.
    private let hosts: Set<String>?
    private let redaction: Redaction
    private var skippedHosts: [String: Int] = [:]
    private var unanswered = 0
    private var notHTTP = 0
    private var losses: [ImportLoss: Int] = [:]
    private var redacted = (exchanges: 0, places: 0)

    /// - Parameters:
    ///   - hosts: whose exchanges are taken besides the API's own; nil for all.
    ///   - redaction: what isn't kept.
    public init(hosts: Set<String>? = [], redaction: Redaction = Redaction()) {
        self.hosts = hosts.map { hosts in
            // Somebody may name the port, too.
            Set(hosts.map { SourceURL("http://\($0)")?.host ?? $0 }).union([RecordingImport.apiHost])
        }
        self.redaction = redaction
    }

    /// Adds the exchanges of a file behind those that are there.
    ///
    /// - Throws: all that is wrong with it; then nothing of it is added.
    public mutating func read(_ file: String) throws(RecordingProblems) {
        try add(SourceFile(file))
    }

    mutating func add(_ file: SourceFile) throws(RecordingProblems) {
        var (taken, found, problems): (RecordingImport, [SourceExchange], [SourceProblem]) = (self, [], [])
        for node in file.nodes where problems.count < RecordingImport.mostProblems {
            do throws(SourceProblem) {
                if let exchange = try taken.exchange(node, file.reader) { found.append(exchange) }
            } catch {
                problems.append(error)
            }
        }
        guard problems.isEmpty else { throw file.problems(problems) }
        self = taken
        for exchange in found { add(exchange) }
    }

    /// - Returns: nil where it is skipped.
    private mutating func exchange(_ node: SourceNode, _ reader: any SourceReader) throws(SourceProblem)
        -> SourceExchange?
    {
        guard let url = try reader.url(of: node) else {
            notHTTP += 1
            return nil
        }
        guard hosts?.contains(url.host) ?? true || node[HARExtension.name] != nil else {
            skippedHosts[url.host, default: 0] += 1
            return nil
        }
        let exchange = try reader.exchange(node, to: url)
        if exchange == nil { unanswered += 1 }
        return exchange
    }

    private mutating func add(_ source: SourceExchange) {
        var (exchange, lost) = source.recorded()
        if upstream.isEmpty { upstream = source.url.origin }
        if made.isEmpty { made = source.made.isEmpty ? AnswerDate.made(source.answerFields) : source.made }
        if source.url.origin != upstream { lost.insert(.hosts) }
        if knownMatching == nil { knownMatching = source.matching }
        if let other = source.matching, other != knownMatching { lost.insert(.matching) }
        let (kept, changes) = redaction.redact(exchange)
        exchange = kept
        if changes.contains(where: \.isLeftOut) { lost.insert(.unsearchable) }
        if !changes.isEmpty {
            redacted.exchanges += 1
            redacted.places += changes.reduce(0) { $0 + $1.count }
        }
        for loss in lost { losses[loss, default: 0] += 1 }
        exchanges.append(exchange)
    }

    /// What was skipped, redacted and lost, a line each.
    public var notes: [String] {
        let hosts = skippedHosts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var lines = hosts.prefix(10).map { host, count in
            "\(count) skipped: to \(SourceText.shown(host)), which is no host of the API; --host takes them"
        }
        if hosts.count > 10 { lines.append("\(hosts.count - 10) more hosts were skipped") }
        if notHTTP > 0 { lines.append("\(notHTTP) skipped: to no http address") }
        if unanswered > 0 { lines.append("\(unanswered) skipped: without an answer") }
        if redacted.exchanges > 0 {
            let exchanges = redacted.exchanges == 1 ? "1 exchange" : "\(redacted.exchanges) exchanges"
            let places = redacted.places == 1 ? "1 place" : "\(redacted.places) places"
            lines.append("\(exchanges): redacted in \(places)")
        }
        return lines + ImportLoss.allCases.compactMap { loss in losses[loss].map { loss.words($0) } }
    }
}
