// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import Logging
import RecordReplay

/// Writes what has passed by, on a thread of its own: a disk that is slow holds up no stream.
final class ExchangeQueue: Sendable {
    private enum Item {
        case passing(PassingExchange)
        /// Made already; nil where it couldn't be.
        case made(RecordedExchange?, line: String)
    }

    private struct State {
        var exchanges: [Item] = []
        var recorded = 0
        var lost = 0
        var isStopped = false
        var thread: WorkerThread?
    }

    /// How many wait before those that bring more have to wait too.
    private static let most = 4096

    private let sink: any ExchangeSink
    private let redactions: [Redaction]
    private let logger: Logger
    private let state = Monitor(State())

    /// - Parameter redactions: what is done to each exchange before the sink gets it.
    init(_ sink: any ExchangeSink, _ redactions: [Redaction], _ logger: Logger) {
        self.sink = sink
        self.redactions = redactions
        self.logger = logger
    }

    /// Starts the thread.
    func start() {
        let thread = WorkerThread { self.run() }
        state.withLock { $0.thread = thread }
    }

    func add(_ exchange: PassingExchange) {
        guard let early = sink as? any EarlySink else {
            return state.signal { $0.exchanges.append(.passing(exchange)) }
        }
        let made = made(exchange)
        if let made { early.announce(made) }
        state.signal { $0.exchanges.append(.made(made, line: ExchangeQueue.line(exchange))) }
    }

    private func made(_ exchange: PassingExchange) -> RecordedExchange? {
        exchange.recorded().map { recorded in redactions.reduce(recorded) { $1.redact($0).exchange } }
    }

    private static func line(_ exchange: PassingExchange) -> String {
        ProxyText.line(exchange.method, exchange.target)
    }

    /// How many were recorded, and how many couldn't be.
    var counts: (recorded: Int, lost: Int) { state.withLock { ($0.recorded, $0.lost) } }

    /// Whether so much waits that nobody should be let in.
    var isFull: Bool { state.withLock { $0.exchanges.count >= ExchangeQueue.most } }

    /// Writes what is there, ends the thread and waits for its end.
    func stop() {
        let thread = state.signal { state in
            state.isStopped = true
            defer { state.thread = nil }
            return state.thread
        }
        thread?.join()
    }

    private func run() {
        while true {
            let (exchanges, isStopped) = state.wait(while: { $0.exchanges.isEmpty && !$0.isStopped }) {
                state in
                defer { state.exchanges = [] }
                return (state.exchanges, state.isStopped)
            }
            for exchange in exchanges {
                switch exchange {
                case .passing(let exchange): write(made(exchange), ExchangeQueue.line(exchange))
                case .made(let exchange, let line): write(exchange, line)
                }
            }
            if isStopped, exchanges.isEmpty { return flush() }
        }
    }

    private func flush() {
        do {
            try sink.flush()
        } catch {
            state.withLock { $0.lost += 1 }
            logger.error("not all is recorded: \(error)")
        }
    }

    private func write(_ exchange: RecordedExchange?, _ line: String) {
        do {
            guard let exchange else {
                throw RecordingTrouble(description: "its bodies couldn't be kept on the disk")
            }
            try sink.append(exchange)
            state.withLock { $0.recorded += 1 }
            logger.debug("recorded \(line)")
        } catch {
            state.withLock { $0.lost += 1 }
            logger.error("\(line) isn't recorded: \(error)")
        }
    }
}

private struct RecordingTrouble: Error, CustomStringConvertible {
    let description: String
}

/// The thread's body. A plain function, since C calls it.
