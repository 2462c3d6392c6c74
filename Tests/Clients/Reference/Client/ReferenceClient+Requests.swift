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
        guard let address = Address("\(settings.baseURL)/v1beta/\(path)") else {
            throw ClientFailure("refused", "the base address is none: \(settings.baseURL)")
        }
        return address
    }

    var fields: [(String, String)] {
        [("x-goog-api-key", settings.key), ("Content-Type", "application/json")]
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
        var attempt = 1
        while true {
            var failure: ClientFailure
            do {
                let call = try Call(
                    method, address, fields: fields, body: body?.bytes(.compact) ?? [],
                    timeout: has(.impatient) ? .seconds(1) : settings.idleTimeout, deadline: deadline)
                if call.status == 200 || has(.ignoresStatus) { return call }
                failure = ClientFailure(answer: call, try call.body())
            } catch let broken as ClientFailure {
                failure = broken
                if !isRepeatable { failure.canRetry = false }
            }
            failure.attempts = attempt
            guard failure.canRetry || has(.retriesAll), attempt < settings.attempts else { throw failure }
            try pause(before: attempt, failure, deadline)
            attempt += 1
        }
    }

    /// Waits as long as the service says, and longer each time, not in step with others.
    private func pause(
        before attempt: Int, _ failure: ClientFailure, _ deadline: ContinuousClock.Instant?
    ) throws {
        let backoff = settings.firstBackoff * (1 << (attempt - 1))
        let jittered = backoff * Double.random(in: 1...1.25)
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

    func model(_ step: JSON) -> String { step["model"]?.text ?? "" }
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
