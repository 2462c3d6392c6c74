// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A report as JSON, the same text for the same run: what other reports, comparisons and matrices are made from.
extension RunReport {
    /// Grows where an old reader would read something wrong.
    public static let format = 1

    public var json: JSON {
        var members = [
            JSON.Member("format", .int(RunReport.format)), JSON.Member("client", client.json),
            JSON.Member("judge", .string(judge)), JSON.Member("date", .string(date)),
        ]
        if let set { members.append(JSON.Member("set", .string(set))) }
        members.append(JSON.Member("ms", .milliseconds(time)))
        members.append(
            JSON.Member("verdicts", .object(counts.map { JSON.Member($0.verdict.rawValue, .int($0.count)) })))
        for severity in [Severity.must, .should] {
            let score = score(of: severity)
            members.append(
                JSON.Member(
                    severity.rawValue.lowercased(),
                    ["passed": .int(score.passed), "applicable": .int(score.applicable)]))
        }
        members.append(JSON.Member("cases", .array(cases.map(\.json))))
        return .object(members)
    }
}

extension ClientIdentity {
    fileprivate var json: JSON {
        var members = [JSON.Member("name", .string(name))]
        if let version { members.append(JSON.Member("version", .string(version))) }
        members.append(JSON.Member("driver", .string(driver)))
        return .object(members)
    }
}

extension CaseResult {
    fileprivate var json: JSON {
        var members = [
            JSON.Member("id", .string(id.description)), JSON.Member("title", .string(title)),
            JSON.Member("severity", .string(severity.rawValue)), JSON.Member("source", .string(source)),
        ]
        if let why { members.append(JSON.Member("why", .string(why))) }
        if isTimed { members.append(JSON.Member("timed", true)) }
        if let mark { members.append(JSON.Member("mark", .string(mark))) }
        members.append(JSON.Member("verdict", .string(verdict.rawValue)))
        if let reason { members.append(JSON.Member("reason", .string(reason))) }
        if let known { members.append(JSON.Member("known", known.json)) }
        members.append(JSON.Member("ms", .milliseconds(time)))
        members.append(JSON.Member("checks", .array(checks.map(\.json))))
        members.append(JSON.Member("wire", .array(wire.map(\.json))))
        if !output.isEmpty { members.append(JSON.Member("output", .string(output))) }
        return .object(members)
    }
}

extension KnownOutcome {
    fileprivate var json: JSON {
        switch self {
        case .failure(let reason): ["outcome": "failure", "reason": .string(reason)]
        case .varying(let reason): ["outcome": "varying", "reason": .string(reason)]
        case .stale(let reason): ["outcome": "stale", "reason": .string(reason)]
        }
    }
}

extension CheckResult {
    fileprivate var json: JSON {
        var members = [
            JSON.Member("name", .string(name)), JSON.Member("severity", .string(severity.rawValue)),
        ]
        if let because { members.append(JSON.Member("because", .string(because))) }
        members.append(JSON.Member("expected", .string(expected)))
        switch outcome {
        case .passed(let got):
            members += [JSON.Member("outcome", "passed"), JSON.Member("got", .string(got))]
        case .failed(let got, let exchange):
            members += [JSON.Member("outcome", "failed"), JSON.Member("got", .string(got))]
            if let exchange { members.append(JSON.Member("exchange", .int(exchange))) }
        case .notObserved(let why):
            members += [JSON.Member("outcome", "not observed"), JSON.Member("got", .string(why))]
        }
        return .object(members)
    }
}

extension WireExchange {
    fileprivate var json: JSON {
        var members = [JSON.Member("request", request.json)]
        if let answer { members.append(JSON.Member("answer", answer.json)) }
        return .object(members)
    }
}

extension WireExchange.Request {
    fileprivate var json: JSON {
        .object([
            JSON.Member("at", .milliseconds(at)), JSON.Member("whole", .milliseconds(whole)),
            JSON.Member("method", .string(method)), JSON.Member("target", .string(target)),
            JSON.Member("fields", .fields(fields)), JSON.Member("length", .int(length)),
            JSON.Member("body", .bytes(body)),
        ])
    }
}

extension WireExchange.Answer {
    fileprivate var json: JSON {
        var members = [
            JSON.Member("at", .milliseconds(at)), JSON.Member("status", .int(status)),
            JSON.Member("fields", .fields(fields)), JSON.Member("length", .int(length)),
            JSON.Member("body", .bytes(body)),
            JSON.Member(
                "writes",
                .array(writes.map { ["at": .milliseconds($0.at), "bytes": .int($0.bytes)] })),
        ]
        if let ended { members.append(JSON.Member("ended", .milliseconds(ended))) }
        if let ending { members.append(JSON.Member("ending", .string(ending.rawValue))) }
        return .object(members)
    }
}

extension JSON {
    /// Microseconds are as fine as a log of the wire is.
    fileprivate static func milliseconds(_ time: Duration) -> JSON {
        .double((TimeText.milliseconds(time) * 1000).rounded() / 1000)
    }

    fileprivate static func fields(_ fields: [HTTPFields.Field]) -> JSON {
        .array(fields.map { [.string($0.name), .string($0.value)] })
    }

    /// `{"text": …}` where the bytes are UTF-8, `{"base64": …}` else.
    fileprivate static func bytes(_ bytes: [UInt8]) -> JSON {
        if let text = String(validating: bytes, as: UTF8.self) { return ["text": .string(text)] }
        return ["base64": .string(Base64Encoding.standard(bytes))]
    }
}
