// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// Faults that were armed while the server runs: each strikes the answers of the next requests that fit, whatever they
/// are answered with, until it has struck often enough.
struct ArmedFaults: Sendable {
    struct Entry: Sendable {
        let id: Int
        let setting: FaultSetting
        /// Nil where any request fits.
        let condition: RequestCondition?
        let times: Int

        /// Whether there is something to break, and it is meant to be.
        fileprivate func fits(_ request: RequestSubject) -> Bool {
            switch FaultTable.entry(named: setting.name)?.scope {
            case .stream, .events: guard request.isStream else { return false }
            case .upload(let steps):
                guard let step = request.step, steps.contains(step) else { return false }
            case .any, nil: break
            }
            return condition?.fitsWithinBudget(request) ?? true
        }
    }

    /// So many are kept, spent ones too.
    static let most = 1000
    /// More of them strike no single answer; the others wait.
    private static let mostAtOnce = 100

    private var entries: [Entry] = []
    /// Those that are to strike still, in the order in which they were armed.
    private(set) var live: [Entry] = []
    private var struck: [Int: Int] = [:]
    private var lastID = 0

    var list: [ArmedFault] { entries.map { fault($0) } }

    /// Those that haven't struck as often as they were to.
    var unspent: [UnspentFault] {
        live.map { entry in
            UnspentFault(
                name: entry.setting.name, source: .armed(entry.id), times: entry.times,
                spent: struck[entry.id] ?? 0)
        }
    }

    /// - Returns: nil where there are too many.
    mutating func arm(_ setting: FaultSetting, when condition: RequestCondition?, times: Int) -> ArmedFault? {
        if entries.count >= ArmedFaults.most {
            let waiting = Set(live.map(\.id))
            guard let spent = entries.firstIndex(where: { !waiting.contains($0.id) }) else { return nil }
            struck[entries.remove(at: spent).id] = nil
        }
        lastID += 1
        let entry = Entry(id: lastID, setting: setting, condition: condition, times: times)
        entries.append(entry)
        live.append(entry)
        return fault(entry)
    }

    /// - Returns: whether it was there.
    mutating func disarm(_ id: Int) -> Bool {
        guard let place = entries.firstIndex(where: { $0.id == id }) else { return false }
        entries.remove(at: place)
        live.removeAll { $0.id == id }
        struck[id] = nil
        return true
    }

    mutating func disarmAll() {
        (entries, live, struck) = ([], [], [:])
    }

    /// Those that a request fits. Needs no lock: what is found may be spent when it is to strike.
    static func fitting(_ live: [Entry], _ request: RequestSubject) -> [Entry] {
        guard !live.isEmpty else { return [] }
        let fitting = live.lazy.filter { $0.fits(request) }.prefix(mostAtOnce)
        // The stubs have a budget of their own.
        defer { request.searches.refill() }
        return Array(fitting)
    }

    /// Those that strike of the ones that fit.
    ///
    /// - Parameter seed: of the request.
    mutating func strike(_ fitting: [Entry], seed: UInt64) -> [FaultSetting] {
        fitting.compactMap { entry in
            guard live.contains(where: { $0.id == entry.id }) else { return nil }
            if case .probability(let probability) = entry.setting.arming {
                var generator = SeededGenerator(seed: seed &+ UInt64(entry.id) &* 0x9E37_79B9)
                guard generator.share() < probability else { return nil }
            }
            let count = (struck[entry.id] ?? 0) + 1
            struck[entry.id] = count
            if count >= entry.times { live.removeAll { $0.id == entry.id } }
            return entry.setting
        }
    }

    private func fault(_ entry: Entry) -> ArmedFault {
        ArmedFault(
            id: entry.id, name: entry.setting.name, times: entry.times, struck: struck[entry.id] ?? 0)
    }
}

/// A fault that was armed while the server runs, and how far that has come.
public struct ArmedFault: Sendable, Equatable, CustomStringConvertible {
    /// What to disarm it by; never given twice.
    public let id: Int
    /// As scenario files call it.
    public let name: String
    /// How many answers it is to strike, all tenants together.
    public let times: Int
    /// How many it has.
    public let struck: Int

    public var isSpent: Bool { struck >= times }

    /// `3: reset, 1 of 2 times`.
    public var description: String { "\(id): \(name), \(struck) of \(times) times" }
}
