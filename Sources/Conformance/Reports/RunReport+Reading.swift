// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Reads reports that were written as JSON.
extension RunReport {
    /// Why a text is no report.
    public struct Unreadable: Error, Equatable, CustomStringConvertible {
        public let description: String

        init(_ description: String) { self.description = description }
    }

    /// - Parameter text: what `json` has written, in any layout.
    public init(reading text: [UInt8]) throws(Unreadable) {
        guard let document = try? JSONDocument(parsing: text, grammar: .strict) else {
            throw Unreadable("it is no JSON")
        }
        let json = ReportJSON(JSON(document.root), at: "")
        let format = try json.int("format")
        guard format == RunReport.format else {
            throw Unreadable("its format is \(format), this program reads \(RunReport.format)")
        }
        let client = try json.object("client")
        self.init(
            client: ClientIdentity(
                name: try client.text("name"), version: client.textIfPresent("version"),
                driver: try client.text("driver")),
            judge: try json.text("judge"), date: try json.text("date"), set: json.textIfPresent("set"),
            time: try json.time("ms"),
            cases: try json.objects("cases").map { value throws(Unreadable) in try CaseResult(value) })
    }
}

extension CaseResult {
    fileprivate init(_ json: ReportJSON) throws(RunReport.Unreadable) {
        guard let id = CaseID(try json.text("id")) else { throw json.wrong("id") }
        self.init(
            id: id, title: try json.text("title"), severity: try json.word("severity"),
            source: try json.text("source"), why: json.textIfPresent("why"), isTimed: json.bool("timed"),
            mark: json.textIfPresent("mark"), verdict: try json.word("verdict"),
            reason: json.textIfPresent("reason"),
            checks: try json.objects("checks").map { value throws(RunReport.Unreadable) in
                try CheckResult(value)
            },
            wire: try json.objects("wire").map { value throws(RunReport.Unreadable) in
                try WireExchange(value)
            }, time: try json.time("ms"), output: json.textIfPresent("output") ?? "",
            known: try json.has("known") ? KnownOutcome(json.object("known")) : nil)
    }
}

extension KnownOutcome {
    fileprivate init(_ json: ReportJSON) throws(RunReport.Unreadable) {
        let reason = try json.text("reason")
        switch try json.text("outcome") {
        case "failure": self = .failure(reason)
        case "varying": self = .varying(reason)
        case "stale": self = .stale(reason)
        default: throw json.wrong("outcome")
        }
    }
}

extension CheckResult {
    fileprivate init(_ json: ReportJSON) throws(RunReport.Unreadable) {
        let got = try json.text("got")
        let outcome: Outcome
        switch try json.text("outcome") {
        case "passed": outcome = .passed(got: got)
        case "failed":
            outcome = .failed(got: got, exchange: try json.has("exchange") ? json.int("exchange") : nil)
        case "not observed": outcome = .notObserved(why: got)
        default: throw json.wrong("outcome")
        }
        self.init(
            name: try json.text("name"), severity: try json.word("severity"),
            because: json.textIfPresent("because"), expected: try json.text("expected"), outcome: outcome)
    }
}

extension WireExchange {
    fileprivate init(_ json: ReportJSON) throws(RunReport.Unreadable) {
        let request = try json.object("request")
        self.init(
            Request(
                method: try request.text("method"), target: try request.text("target"),
                fields: try request.fields(), body: try request.bytes("body"),
                length: try request.int("length"), at: try request.time("at"),
                whole: try request.time("whole")),
            try json.has("answer") ? Answer(json.object("answer")) : nil)
    }
}

extension WireExchange.Answer {
    fileprivate init(_ json: ReportJSON) throws(RunReport.Unreadable) {
        let ending: DeliveryEnding? = try json.has("ending") ? json.word("ending") : nil
        self.init(
            status: try json.int("status", within: 0...999), fields: try json.fields(),
            body: try json.bytes("body"),
            length: try json.int("length"), at: try json.time("at"),
            writes: try json.objects("writes").map { value throws(RunReport.Unreadable) in
                WireExchange.Write(at: try value.time("at"), bytes: try value.int("bytes"))
            }, ended: try json.has("ended") ? json.time("ended") : nil, ending: ending)
    }
}
