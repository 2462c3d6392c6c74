// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// When a plan's bytes come, and in which pieces. The last step before the framing: faults have had the whole events.
struct WireTiming {
    /// A body is cut into so many writes at most; what is beyond comes in one.
    static let mostWrites = 65_536

    let options: WireOptions
    var generator: SeededGenerator

    init(_ options: WireOptions, seed: UInt64) {
        self.options = options
        generator = SeededGenerator(seed: seed)
    }

    mutating func apply(to plan: inout ResponsePlan) {
        if case .events(let count) = options.writes { WireTiming.gather(count, in: &plan) }
        plan.delay = varied(options.delay ?? plan.delay)
        setWaits(in: &plan)
        switch options.writes {
        case .bytes(let count): plan.actions = WireTiming.cut(plan.actions, every: count)
        case .at(let offsets): plan.actions = WireTiming.cut(plan.actions, at: offsets)
        case .events, nil: break
        }
        if let rate = options.bytesPerSecond { plan.actions = WireTiming.slowed(plan.actions, rate: rate) }
    }

    // MARK: - Waits

    /// The waits in front of events: those that are told, else those that are there.
    private mutating func setWaits(in plan: inout ResponsePlan) {
        let places = Set(plan.eventPlaces)
        var actions: [WireAction] = []
        var number = 0
        for (index, action) in plan.actions.enumerated() {
            guard places.contains(index) else {
                actions.append(action)
                continue
            }
            var wait = Duration.zero
            while case .wait(let duration)? = actions.last {
                wait += duration
                actions.removeLast()
            }
            wait = varied(self.wait(before: number) ?? wait)
            if wait > .zero { actions.append(.wait(wait)) }
            actions.append(action)
            number += 1
        }
        plan.actions = actions
    }

    private func wait(before number: Int) -> Duration? {
        if number == 0 { return options.firstEvent }
        return options.intervals.isEmpty
            ? nil : options.intervals[min(number, options.intervals.count) - 1]
    }

    private mutating func varied(_ wait: Duration) -> Duration {
        guard let jitter = options.jitter, jitter > 0, wait > .zero else { return wait }
        return wait * (1 + jitter * (2 * generator.share() - 1))
    }

    /// So many bytes a second: pieces of a tenth of a second, each after the time that it takes.
    private static func slowed(_ actions: [WireAction], rate: Int) -> [WireAction] {
        let length = actions.reduce(0) { sum, action in
            if case .send(let bytes) = action { sum + bytes.count } else { sum }
        }
        let piece = max(1, rate / 10 + (rate.isMultiple(of: 10) ? 0 : 1), length / mostWrites + 1)
        return actions.flatMap { action -> [WireAction] in
            guard case .send(let bytes) = action else { return [action] }
            return stride(from: 0, to: bytes.count, by: piece).flatMap { start -> [WireAction] in
                let part = Array(bytes[start..<min(bytes.count, start + piece)])
                let nanoseconds = Double(part.count) / Double(rate) * 1e9
                return [.wait(.nanoseconds(Int64(nanoseconds.rounded()))), .send(part)]
            }
        }
    }

    // MARK: - Writes

    /// Joins so many events to one write, which comes when its first event would.
    private static func gather(_ count: Int, in plan: inout ResponsePlan) {
        let places = Set(plan.eventPlaces)
        var actions: [WireAction] = []
        var number = 0
        var waits: [WireAction] = []
        // The write to which more may be joined. It isn't among the actions yet, since to grow there is to be copied.
        var write: [UInt8]?
        let end = {
            if let bytes = write { actions.append(.send(bytes)) }
            write = nil
        }
        for (index, action) in plan.actions.enumerated() {
            switch action {
            case .wait:
                waits.append(action)
                continue
            case .send(let more)
            where write != nil && places.contains(index) && !number.isMultiple(of: count):
                write?.append(contentsOf: more)
            case .send(let bytes):
                end()
                actions += waits
                write = bytes
            default:
                end()
                actions += waits + [action]
            }
            waits = []
            if places.contains(index) { number += 1 }
        }
        end()
        plan.actions = actions + waits
    }

    /// What is written without a pause, cut anew.
    private static func recut(
        _ actions: [WireAction], _ cut: (_ bytes: [UInt8], _ offset: Int) -> [[UInt8]]
    ) -> [WireAction] {
        var result: [WireAction] = []
        var run: [UInt8] = []
        var offset = 0
        for action in actions {
            if case .send(let bytes) = action {
                run += bytes
                continue
            }
            result += cut(run, offset).map { .send($0) } + [action]
            offset += run.count
            run = []
        }
        return result + cut(run, offset).map { .send($0) }
    }

    private static func cut(_ actions: [WireAction], every count: Int) -> [WireAction] {
        var left = mostWrites
        return recut(actions) { bytes, _ in
            var pieces: [[UInt8]] = []
            var start = 0
            while start < bytes.count {
                let end = left > 1 ? min(bytes.count, start + count) : bytes.count
                pieces.append(Array(bytes[start..<end]))
                start = end
                left -= 1
            }
            return pieces
        }
    }

    private static func cut(_ actions: [WireAction], at offsets: [Int]) -> [WireAction] {
        recut(actions) { bytes, offset in
            let ends = offsets.map { $0 - offset }.filter { $0 > 0 && $0 < bytes.count } + [bytes.count]
            var start = 0
            return ends.filter { $0 > 0 }.map { end in
                defer { start = end }
                return Array(bytes[start..<end])
            }
        }
    }
}

extension SeededGenerator {
    /// From 0, below 1.
    mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }
}
