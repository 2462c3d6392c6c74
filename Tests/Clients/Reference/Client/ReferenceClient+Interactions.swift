// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ReferenceClient {
    /// `interact`, `resume`, `cancel`.
    ///
    /// - Returns: nil for any other verb.
    func performOnInteractions(_ verb: String, _ step: JSON, _ results: [JSON]) throws -> JSON? {
        do {
            switch verb {
            case "interact": return try interact(step)
            case "resume": return try resume(step)
            case "cancel": return try cancel(step)
            default: return nil
            }
        } catch  where has(.interactionErrorsAreFine) {
            return ["ok": true]
        }
    }

    // MARK: Turns

    /// Asks, runs the functions that the model calls, gives back their results, until it calls none.
    private func interact(_ step: JSON) throws -> JSON {
        let deadline = deadline(step)
        var input = step["text"] ?? ""
        var previous = step["previous"]?.number.flatMap { turns.indices.contains($0) ? turns[$0]?.id : nil }
        if has(.noPrevious) { previous = nil }
        if has(.sendsHistory), previous != nil {
            input = .string((lastInput.text ?? "") + (input.text ?? ""))
        }
        lastInput = input
        var run: [JSON] = []
        // A model that calls functions for ever isn't followed for ever.
        for _ in 0..<8 {
            let state = try turn(step, input, previous, deadline)
            let results = try state.status == "requires_action" ? functionResults(state, step) : []
            guard !results.isEmpty else { return try keep(state, run) }
            run += try state.calls()
            (input, previous) = (.array(results), has(.noPrevious) ? nil : state.id)
        }
        throw ClientFailure("protocol", "the model calls functions again and again")
    }

    private func keep(_ state: InteractionState, _ run: [JSON] = []) throws -> JSON {
        turns.append(state)
        let told = run.isEmpty ? [] : [JSON.Member("run", .array(run))]
        return .object(try [JSON.Member("ok", true)] + state.members() + told)
    }

    private func functionResults(_ state: InteractionState, _ step: JSON) throws -> [JSON] {
        let tools = step["tools"]?.list ?? []
        let calls = try has(.runsOneCall) ? Array(state.calls().prefix(1)) : state.calls()
        return calls.compactMap { call in
            guard let tool = tools.first(where: { $0["name"] == call["name"] }) else { return nil }
            let id = has(.mixesCallIDs) ? calls.first?["id"] ?? "" : call["id"] ?? ""
            return [
                "type": "function_result", "call_id": id, "name": call["name"] ?? "",
                "result": tool["result"] ?? [:],
            ]
        }
    }

    private func turn(
        _ step: JSON, _ input: JSON, _ previous: String?, _ deadline: ContinuousClock.Instant?
    ) throws -> InteractionState {
        var state = InteractionState(flaws: settings.flaws)
        state.isStreamed = step["stream"] == .bool(true)
        let body = body(step, input, previous)
        let address = try interactionAddress("", step)
        do {
            if state.isStreamed {
                try stream(step, address, body, deadline, into: &state)
            } else {
                // What runs may be paid for: it isn't begun a second time.
                let call = try begin(address, body, deadline)
                try state.read(message(call))
                if state.isUnderWay, step["wait"] != .bool(false) {
                    try poll(step, &state, deadline, again: body)
                }
            }
        } catch var failure as ClientFailure {
            if has(.dropsInteractionText) { throw failure }
            failure.more = (try? state.members()) ?? []
            throw failure
        }
        return state
    }

    private func begin(
        _ address: Address, _ body: JSON, _ deadline: ContinuousClock.Instant?
    ) throws -> Call {
        if has(.repeatsPosts) {
            let first = deadline.map { _ in ContinuousClock.now + .milliseconds(400) }
            do {
                return try call("POST", address, body, deadline: first, isRepeatable: false)
            } catch let failure as ClientFailure where ["network", "timeout"].contains(failure.kind) {}
        }
        return try call("POST", address, body, deadline: deadline, isRepeatable: false)
    }

    private func body(_ step: JSON, _ input: JSON, _ previous: String?) -> JSON {
        let isFollowing = previous != nil
        var members = [JSON.Member("model", .string(model(step))), JSON.Member("input", input)]
        for name in ["stream", "background", "store"] where step[name] != nil {
            if name == "store", has(.ignoresStore) { continue }
            members.append(JSON.Member(name, step[name] ?? .null))
        }
        if let previous { members.append(JSON.Member("previous_interaction_id", .string(previous))) }
        let tools = step["tools"]?.list ?? []
        // They aren't inherited from the turn before.
        if !tools.isEmpty, !(isFollowing && has(.dropsTools)) {
            members.append(
                JSON.Member(
                    "tools",
                    .array(
                        tools.map { tool in
                            [
                                "type": "function", "name": tool["name"] ?? "",
                                "description": tool["description"] ?? "A function.",
                                "parameters": tool["parameters"] ?? ["type": "object", "properties": [:]],
                            ]
                        })))
        }
        if has(.camelCaseBody) { members.append(JSON.Member("generationConfig", [:])) }
        return .object(members)
    }

    /// - Parameter path: behind `interactions`, with a slash.
    private func interactionAddress(_ path: String, _ step: JSON) throws -> Address {
        let version =
            has(.alwaysV1) ? "v1" : has(.alwaysV1beta) ? "v1beta" : step["api_version"]?.text ?? "v1beta"
        guard let address = Address("\(settings.baseURL)/\(version)/interactions\(path)") else {
            throw ClientFailure("refused", "the base address is none")
        }
        return address
    }

    // MARK: Runs in the background

    private func poll(
        _ step: JSON, _ state: inout InteractionState, _ deadline: ContinuousClock.Instant?, again body: JSON?
    ) throws {
        var wait =
            has(.busyRunPolls)
            ? .milliseconds(20) : has(.hastierPolls) ? settings.firstPoll * 3 : settings.firstPoll
        var looks = 0
        while state.isUnderWay {
            looks += 1
            sleep(for: wait)
            let next = has(.hastierPolls) ? .milliseconds(looks == 1 ? 300 : 10) : wait * 3
            wait = min(next, settings.pollInterval)
            if deadline.map({ .now > $0 }) ?? false { throw ClientFailure("timeout", "the run isn’t over") }
            if let body, has(.recreatesRuns) {
                if looks > 4 { throw ClientFailure("timeout", "the run isn’t over") }
                try state.read(message(call("POST", interactionAddress("", step), body)))
                continue
            }
            try state.read(message(call("GET", interactionAddress("/\(state.id)", step), deadline: deadline)))
        }
    }

    /// `resume`: goes on with a turn that an earlier step has begun.
    private func resume(_ step: JSON) throws -> JSON {
        var state = try turn(of: step)
        if state.isStreamed {
            try follow(step, nil, &state)
        } else {
            try state.read(message(call("GET", interactionAddress("/\(state.id)", step))))
            if !has(.looksOnce) { try poll(step, &state, nil, again: nil) }
        }
        return try keep(state)
    }

    /// `cancel`: ends a run that an earlier step has begun.
    private func cancel(_ step: JSON) throws -> JSON {
        var state = try turn(of: step)
        state.cancel(try cancelled(state, step))
        return try keep(state)
    }

    private func cancelled(_ state: InteractionState, _ step: JSON) throws -> InteractionState {
        var answer = InteractionState(flaws: settings.flaws)
        if has(.cancelsByDelete) {
            _ = try call("DELETE", interactionAddress("/\(state.id)", step)).body()
            return answer
        }
        try answer.read(message(call("POST", interactionAddress("/\(state.id)/cancel", step))))
        return answer
    }

    private func turn(of step: JSON) throws -> InteractionState {
        if let number = step["of"]?.number, turns.indices.contains(number), let known = turns[number] {
            return known
        }
        throw ClientFailure("refused", "no such turn")
    }

    // MARK: Streams

    private func stream(
        _ step: JSON, _ address: Address, _ body: JSON, _ deadline: ContinuousClock.Instant?,
        into state: inout InteractionState
    ) throws {
        do {
            let call = try begin(address, body, deadline)
            try read(call, into: &state, step)
        } catch let failure as ClientFailure {
            // What isn't kept can't be gone on with.
            let isKept = !state.id.isEmpty && step["store"] != .bool(false)
            guard failure.kind == "network" || failure.kind == "truncated", isKept || has(.recreatesStreams),
                !has(.neverResumes)
            else { throw failure }
            if has(.recreatesStreams) {
                state = InteractionState(flaws: settings.flaws)
                return try read(call("POST", address, body, deadline: deadline), into: &state, step)
            }
            try follow(step, deadline, &state)
        }
    }

    /// Reads the rest of a stream, in as many pieces as it takes.
    private func follow(
        _ step: JSON, _ deadline: ContinuousClock.Instant?, _ state: inout InteractionState
    ) throws {
        var failures = 0
        while true {
            state.rewind()
            let last = state.lastEventID
            let isBehind = last != nil && !has(.resumesFromStart)
            let query = "?stream=true" + (isBehind ? "&last_event_id=\(encoded(last ?? ""))" : "")
            do {
                let address = try interactionAddress("/\(state.id)\(query)", step)
                return try read(call("GET", address, deadline: deadline), into: &state, step)
            } catch let failure as ClientFailure {
                guard failure.kind == "network" || failure.kind == "truncated" else { throw failure }
                failures = state.lastEventID == last ? failures + 1 : 0
                guard failures < 3, !has(.resumesOnce) else { throw failure }
                sleep(for: settings.firstBackoff)
            }
        }
    }

    private func read(_ call: Call, into state: inout InteractionState, _ step: JSON) throws {
        var reader = EventReader(flaws: settings.flaws)
        while true {
            let piece: [UInt8]
            do {
                piece = try call.piece()
            } catch {
                // All that matters has come.
                guard state.isOver else { throw error }
                if has(.wantsDone) { throw ClientFailure("protocol", "no [DONE]") }
                return
            }
            if piece.isEmpty { break }
            for event in try reader.take(piece) {
                if event.data == Array("[DONE]".utf8) { continue }
                guard let document = try? JSONDocument(parsing: event.data, grammar: .strict) else {
                    throw ClientFailure("protocol", "an event is no JSON")
                }
                try state.take(JSON(document.root))
                if state.deltas == step["cancel_after"]?.number, !has(.ignoresRunCancel) {
                    return state.cancel(has(.onlyHangsUp) ? nil : try cancelled(state, step))
                }
            }
        }
        if let rest = reader.rest, !has(.trustsStreamEnd) { throw interactionFailure(of: rest) }
        if !state.isOver, !has(.trustsStreamEnd) {
            throw ClientFailure("truncated", "the stream ended before the turn had")
        }
    }

    /// What stands between events, or half of one.
    private func interactionFailure(of rest: EventReader.Event) -> ClientFailure {
        if let document = try? JSONDocument(parsing: rest.stray, grammar: .strict) {
            let whole = JSON(document.root)
            if let error = whole["error"] ?? whole.list.first?["error"] { return ClientFailure(error) }
        }
        return ClientFailure("truncated", "the stream ended in the middle of an event")
    }
}
