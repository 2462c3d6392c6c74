// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

final class MetricsRouteTests: AdminTestCase {
    /// A sample of the text format 0.0.4.
    private struct Sample: Equatable {
        let name: String
        let labels: [String: String]
        let value: Double
    }

    private struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads a page as strictly as its format is described, and as promtool wants names and order.
    private func parse(_ text: String) throws -> (samples: [Sample], types: [String: String]) {
        guard text.hasSuffix("\n") else { throw Malformed(description: "no line end at the end") }
        var (samples, types, helped, current) = ([Sample](), [String: String](), Set<String>(), "")
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if let match = line.wholeMatch(of: /# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (\S.*)/) {
                current = String(match.1)
                guard helped.insert(current).inserted else { throw Malformed(description: "twice: \(line)") }
            } else if let match = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge)/) {
                guard match.1 == current, types.updateValue(String(match.2), forKey: current) == nil else {
                    throw Malformed(description: "out of place: \(line)")
                }
            } else if let match = line.wholeMatch(
                of: /([a-zA-Z_:][a-zA-Z0-9_:]*)(\{.*\})? (-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)/)
            {
                guard match.1 == current, types[current] != nil, let value = Double(match.3) else {
                    throw Malformed(description: "out of place: \(line)")
                }
                samples.append(Sample(name: current, labels: try labels(match.2 ?? "{}"), value: value))
            } else {
                throw Malformed(description: "no line of the format: \(line)")
            }
        }
        guard Set(types.keys) == helped else { throw Malformed(description: "a help without a type") }
        for (name, type) in types where (type == "counter") != name.hasSuffix("_total") {
            throw Malformed(description: "a counter ends with _total, and nothing else does: \(name)")
        }
        for (index, sample) in samples.enumerated() {
            guard !samples[..<index].contains(where: { $0.name == sample.name && $0.labels == sample.labels })
            else { throw Malformed(description: "twice: \(sample)") }
        }
        return (samples, types)
    }

    private func labels(_ text: Substring) throws -> [String: String] {
        var (rest, labels) = (text.dropFirst().dropLast(), [String: String]())
        while !rest.isEmpty {
            guard
                let match = rest.prefixMatch(
                    of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\\\|\\"|\\n)*)"(?:,(?=.)|$)/),
                labels.updateValue(String(match.2), forKey: String(match.1)) == nil
            else { throw Malformed(description: "no labels: \(text)") }
            rest = rest[match.range.upperBound...]
        }
        return labels
    }

    private func samples(_ server: MockServer) throws -> [Sample] {
        let answer = try admin(server, "GET", "metrics")
        XCTAssertEqual(answer.status, 200)
        XCTAssertEqual(answer["content-type"], "text/plain; version=0.0.4; charset=utf-8")
        return try parse(answer.text).samples
    }

    private func value(_ name: String, _ labels: [String: String] = [:], in samples: [Sample]) -> Double? {
        samples.first { $0.name == "gemini_mock_\(name)" && $0.labels == labels }?.value
    }

    func test_aFreshServer_hasAllMetrics() throws {
        let before = Date().timeIntervalSince1970
        let server = try serve()
        let samples = try samples(server)
        for name in [
            "requests_unmatched_total", "requests_abandoned_total", "streams_open", "waiting_connections",
            "journal_entries", "journal_bytes", "journal_forgotten_total", "files", "files_bytes",
            "interactions", "interactions_bytes", "uploads_open", "scenarios", "faults_armed",
            "clock_offset_seconds", "clock_frozen",
        ] {
            XCTAssertEqual(value(name, in: samples), 0, name)
        }
        XCTAssertEqual(value("requests_in_flight", in: samples), 1)
        XCTAssertEqual(value("build_info", ["version": geminiMockVersion], in: samples), 1)
        XCTAssertEqual(try XCTUnwrap(value("start_time_seconds", in: samples)), before, accuracy: 60)
        XCTAssertFalse(samples.contains { $0.name == "gemini_mock_requests_total" })
    }

    func test_allIsCounted() throws {
        let server = try serve(
            MockScenario("s", stubs: [MockStub("x", when: MockPattern(model: ["x"]), replies: [.text("x")])]))
        _ = try ask(server)
        _ = try ask(server)
        _ = try ask(server, model: "nobody-knows-it")
        _ = try get(server, "nowhere/at/all")
        _ = try uploadWhole(server, as: "alice")
        _ = try startUpload(server, as: "alice")
        _ = try takeTurn(server, as: "alice")
        XCTAssertEqual(
            try admin(server, "POST", "faults", #"{"fault": {"fault": "reset"}, "when": {"model": "x"}}"#)
                .status, 200)
        XCTAssertEqual(
            try admin(server, "POST", "clock", #"{"advance": "1.5s", "freeze": true}"#).status, 200)
        let samples = try samples(server)
        XCTAssertEqual(
            value("requests_total", ["endpoint": "generateContent", "status": "200"], in: samples), 2)
        XCTAssertEqual(
            value("requests_total", ["endpoint": "generateContent", "status": "404"], in: samples), 1)
        XCTAssertEqual(value("requests_total", ["endpoint": "none", "status": "404"], in: samples), 1)
        XCTAssertEqual(value("requests_total", ["endpoint": "uploadFile", "status": "200"], in: samples), 2)
        XCTAssertEqual(value("requests_unmatched_total", in: samples), Double(server.unmatchedRequests.count))
        for (name, wanted) in [
            ("journal_entries", 7.0), ("files", 1), ("files_bytes", 10), ("uploads_open", 1),
            ("interactions", 1),
            ("scenarios", 1), ("faults_armed", 1), ("clock_offset_seconds", 1.5), ("clock_frozen", 1),
        ] {
            XCTAssertEqual(value(name, in: samples), wanted, name)
        }
        XCTAssertGreaterThan(try XCTUnwrap(value("journal_bytes", in: samples)), 100)
        XCTAssertGreaterThan(try XCTUnwrap(value("interactions_bytes", in: samples)), 100)
    }

    func test_whatWaits_isCounted() throws {
        let server = try serve { $0.streamInterval = .seconds(3600) }
        let client = try XCTUnwrap(RawClient(port: server.port))
        let body = #"{"contents":[{"parts":[{"text":"Tell me a story, please"}]}]}"#
        client.send(
            "POST /v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse HTTP/1.1\r\nHost: x\r\n"
                + "x-goog-api-key: made-up\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        _ = try client.receive(upTo: "data: ")
        XCTAssertTrue(eventually { server.waitingConnections == 1 })
        let samples = try samples(server)
        XCTAssertEqual(value("waiting_connections", in: samples), 1)
        XCTAssertEqual(value("streams_open", in: samples), 1)
        XCTAssertEqual(value("requests_in_flight", in: samples), 2)
    }

    func test_theParser_isStrict() throws {
        let good = "# HELP a_total x\n# TYPE a_total counter\na_total{b=\"c\\\"\"} 1\n"
        XCTAssertEqual(try parse(good).samples, [Sample(name: "a_total", labels: ["b": "c\\\""], value: 1)])
        for bad in [
            "a_total 1\n", String(good.dropLast()), good + good, good + "a_total{b=\"c\\\"\"} 2\n",
            "# HELP a x\n# TYPE a counter\na 1\n", "# HELP a x\n# TYPE a gauge\na{b=\"\"\"} 1\n",
            "# HELP a x\n# TYPE a gauge\na{b=\"c\",} 1\n", "# HELP a x\na 1\n",
            "# HELP a x\n# TYPE a gauge\na  1\n",
            "# HELP a x\n# TYPE a gauge\na one\n", "\n",
        ] {
            XCTAssertThrowsError(try parse(bad), bad)
        }
    }
}
