// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ReferenceClient {
    /// An address of the API.
    func address(_ path: String) throws -> Address {
        var base = settings.baseURL
        if has(.dropsBasePath), let host = Address(base) { base = "http://\(host.authority)" }
        var text = "\(base)/v1beta/\(path)"
        if has(.keyInQuery) || has(.keyTwice) {
            text += "\(path.contains("?") ? "&" : "?")key=\(settings.key)"
        }
        guard let address = Address(text) else {
            throw ClientFailure("refused", "the base address is none: \(settings.baseURL)")
        }
        return address
    }

    var fields: [(String, String)] {
        var fields = [
            ("Content-Type", has(.formType) ? "application/x-www-form-urlencoded" : "application/json")
        ]
        if !has(.keyInQuery) { fields.append(("x-goog-api-key", settings.key)) }
        if !has(.anonymous) { fields.append(("User-Agent", "reference-client/1")) }
        return fields
    }

    /// Sends a request, again where that can help. An answer that is no 200 is thrown.
    ///
    /// - Parameters:
    ///   - deadline: when all of it ends.
    ///   - isRepeatable: whether it does no harm where the server has done it already, and nobody knows.
    func call(
        _ method: String, _ address: Address, _ body: JSON? = nil,
        deadline: ContinuousClock.Instant? = nil, isRepeatable: Bool = true
    ) throws -> Call {
        if has(.asksNothing) { throw ClientFailure("refused", "not in the mood") }
        var (attempt, address) = (1, address)
        while true {
            var failure: ClientFailure
            do {
                let call = try Call(
                    method, address, fields: fields, body: body?.bytes(.compact) ?? [],
                    timeout: has(.impatient) ? .seconds(1) : settings.idleTimeout, deadline: deadline)
                if call.status == 200 || has(.ignoresStatus) { return call }
                if has(.followsWithKey), let other = call.field("location").flatMap({ Address($0) }) {
                    address = other
                    continue
                }
                failure = ClientFailure(answer: call, try call.body(), settings.flaws)
            } catch let broken as ClientFailure {
                failure = broken
                if !isRepeatable { failure.canRetry = false }
            }
            failure.attempts = attempt
            let most = has(.noRetries) ? 1 : has(.retriesForEver) ? 50 : settings.attempts
            guard failure.canRetry || has(.retriesAll), attempt < most else { throw failure }
            try pause(before: attempt, failure, deadline)
            attempt += 1
        }
    }

    /// Waits as long as the service says, and longer each time, not in step with others.
    private func pause(
        before attempt: Int, _ failure: ClientFailure, _ deadline: ContinuousClock.Instant?
    ) throws {
        if has(.retriesForEver) { return sleep(for: .milliseconds(attempt == 1 ? 50 : 1)) }
        let backoff =
            has(.constantBackoff) ? settings.firstBackoff : settings.firstBackoff * (1 << (attempt - 1))
        let jittered = backoff * (has(.constantBackoff) ? 2 / Double(attempt) : Double.random(in: 1...1.25))
        let wait = max(jittered, failure.retryAfter ?? .zero)
        guard wait <= settings.longestWait, deadline.map({ .now + wait < $0 }) ?? true else { throw failure }
        sleep(for: wait)
    }

    func sleep(for time: Duration) { usleep(UInt32(max(0, time / .microseconds(1)))) }

    /// When a step must be through, by its `timeout` in seconds; nil where it has none.
    func deadline(_ step: JSON) -> ContinuousClock.Instant? {
        if has(.noTimeout) { return nil }
        return switch step["timeout"] {
        case .int(let seconds): .now + .seconds(seconds)
        case .double(let seconds): .now + .microseconds(Int64(seconds * 1e6))
        default: nil
        }
    }

    /// The name of a model, as it stands behind `models/`.
    func model(_ step: JSON) -> String {
        let name = step["model"]?.text ?? ""
        let prefix = "models/"
        return name.hasPrefix(prefix) && !has(.doublesModels) ? String(name.dropFirst(prefix.count)) : name
    }
}

extension JSON {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    /// Numbers of 64 bits come as texts.
    var number: Int? {
        switch self {
        case .int(let number): number
        case .string(let text): Int(text)
        default: nil
        }
    }
    var list: [JSON] { if case .array(let elements) = self { elements } else { [] } }
}
