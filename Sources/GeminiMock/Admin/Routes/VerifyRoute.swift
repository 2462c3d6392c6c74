// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MicroHTTP
import ScenarioEngine

/// Whether the expected requests have come, or come within a time.
struct VerifyRoute: AdminRoute {
    let method = "POST"
    let path = "verify"

    /// By real time.
    private static let longestWait = Duration.seconds(30)
    /// So long it may take to look at all entries, besides.
    private static let patience = Duration.seconds(20)
    /// At a time, in nanoseconds: others wait for the thread.
    private static let slice: Int64 = 50_000_000
    private static let mostExpectations = 100

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery(["strict"])
        let isStrict = try call.bool("strict") ?? false
        let fields = try AdminFields(
            call, known: ["after", "max", "min", "order", "requests", "tenant", "wait", "when"])
        let verification = Verification(
            try VerifyRoute.expectations(fields), order: try VerifyRoute.order(fields),
            tenant: try fields.text("tenant"), after: try fields.int("after", 0...Int.max) ?? 0)
        let wait = try fields.duration("wait") ?? .zero
        guard wait <= VerifyRoute.longestWait else {
            throw .badRequest("“wait” can be 30s at most: ask again.")
        }
        let tally = Monitor(VerificationTally(verification, server.journal, server.subjects))
        let end = MonotonicClock.nanoseconds + Int64(wait / .nanoseconds(1))
        return .later(within: wait + VerifyRoute.patience) {
            tally.withLock { tally in
                guard tally.count(within: VerifyRoute.slice) else { return nil }
                guard tally.isSettled || MonotonicClock.nanoseconds >= end else { return nil }
                return VerifyRoute.answer(tally.result, isStrict)
            }
        } otherwise: {
            tally.withLock { VerifyRoute.answer($0.result, isStrict) }
        }
    }

    private static func order(_ fields: AdminFields) throws(AdminError) -> Verification.Order {
        guard let text = try fields.text("order") else { return .any }
        guard let order = Verification.Order(rawValue: text) else {
            throw AdminCall.wrong("order", "any or given", text)
        }
        return order
    }

    // MARK: What is expected

    private static func expectations(_ fields: AdminFields) throws(AdminError) -> [Verification.Expectation] {
        guard let requests = fields["requests"] else {
            guard let when = fields["when"] else {
                throw .badRequest("There is nothing to verify: say “requests”, or “when” for one kind.")
            }
            return [try expectation(when, try fields.int("min", counts), try fields.int("max", counts))]
        }
        guard fields["when"] == nil, fields["min"] == nil, fields["max"] == nil else {
            throw .badRequest("Where “requests” stands, “when”, “min” and “max” stand in it.")
        }
        guard requests.kind == .array, case let count = requests.elements.reduce(0, { sum, _ in sum + 1 }),
            (1...mostExpectations).contains(count)
        else { throw .badRequest("“requests” must be a list of 1 to \(mostExpectations) expectations.") }
        var expectations: [Verification.Expectation] = []
        for (index, element) in requests.elements.enumerated() {
            do throws(AdminError) {
                let fields = try AdminFields(element, known: ["max", "min", "when"])
                guard let when = fields["when"] else { throw .badRequest("There is no “when”.") }
                expectations.append(
                    try expectation(when, try fields.int("min", counts), try fields.int("max", counts)))
            } catch {
                throw AdminError(status: error.status, message: "requests[\(index)]: \(error.message)")
            }
        }
        return expectations
    }

    private static let counts = 0...Int.max

    /// At least one, unless something else is said; who says only a most may mean none.
    private static func expectation(
        _ when: JSONView, _ least: Int?, _ most: Int?
    ) throws(AdminError) -> Verification.Expectation {
        let (least, most) = (least ?? (most == nil ? 1 : 0), most ?? Int.max)
        guard least <= most else { throw .badRequest("“max” is less than “min”.") }
        do throws(ScenarioProblems) {
            return Verification.Expectation(try RequestCondition(when), count: least...most)
        } catch {
            throw .badRequest(LogText.plain(error.description))
        }
    }

    // MARK: What comes of it

    private static func answer(_ result: VerificationResult, _ isStrict: Bool) -> AdminAnswer {
        .json(
            [
                "passed": .bool(result.passed), "message": .string(result.message),
                "requests": .array(result.outcomes.map { json($0) }),
            ], status: isStrict && !result.passed ? 417 : 200)
    }

    private static func json(_ outcome: VerificationResult.Outcome) -> JSON {
        let range = outcome.expectation.count
        var members: [JSON.Member] = [
            .init("passed", .bool(outcome.passed)), .init("count", .int(outcome.count)),
            .init("min", .int(range.lowerBound)),
        ]
        if range.upperBound < Int.max { members.append(.init("max", .int(range.upperBound))) }
        members.append(.init("entries", .array(outcome.entries.map { .int($0) })))
        if !outcome.nearest.isEmpty {
            members.append(.init("nearest", .array(outcome.nearest.map { NearMissView.json($0) })))
        }
        return .object(members)
    }
}
