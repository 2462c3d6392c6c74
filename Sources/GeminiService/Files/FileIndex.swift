// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Which files there are and whose they are, in the orders in which they are asked for.
struct FileIndex {
    struct Entry {
        fileprivate(set) var file: StoredFile
        let owner: String
        /// Counts up: of two files the later one has the greater.
        let serial: Int
        let content: FileFolder.Content?

        var tenant: Tenant { file.tenantID.map { Tenant($0).withoutSecret } ?? .ofHash(owner) }
    }

    /// What one owner has.
    private struct Shelf {
        /// Serials of the files, the oldest first.
        var serials: [Int] = []
        var bytes = 0
        /// How many files were ever given an id: what their ids follow from.
        var made: UInt64 = 0
    }

    private struct Expiry: Comparable {
        let time: Int64
        let serial: Int

        static func < (one: Expiry, other: Expiry) -> Bool {
            (one.time, one.serial) < (other.time, other.serial)
        }
    }

    /// A file's id is its owner's own: tests that share a server may all upload the same names.
    private struct Key: Hashable {
        let owner: String
        let id: String
    }

    private var entries: [Key: Entry] = [:]
    private var keys: [Int: Key] = [:]
    /// How many owners have a file of that id.
    private var holders: [String: Int] = [:]
    private var shelves: [String: Shelf] = [:]
    /// One for each file, in order.
    private var expiries: [Expiry] = []
    private var nextSerial = 1
    /// What has arrived of each owner's uploads that haven't ended, in bytes.
    private var arriving: [String: Int] = [:]
    private let mostShelves: Int

    /// - Parameter mostShelves: how many owners without a file are remembered, at most.
    init(mostShelves: Int) {
        self.mostShelves = mostShelves
    }

    var count: Int { entries.count }

    subscript(id: String, owner: String) -> Entry? { entries[Key(owner: owner, id: id)] }

    /// Whether some owner has a file of that id.
    func isHeld(_ id: String) -> Bool { holders[id] != nil }

    /// How many bytes the owner's files have, and what has arrived of those that are on their way.
    func bytes(of owner: String) -> Int { (shelves[owner]?.bytes ?? 0) + (arriving[owner] ?? 0) }

    /// So many bytes of an upload have arrived.
    mutating func hold(_ count: Int, of owner: String) { arriving[owner, default: 0] += count }

    /// An upload is over, of which so many bytes had arrived.
    mutating func giveBack(_ count: Int, of owner: String) {
        let others = (arriving[owner] ?? 0) - count
        arriving[owner] = others > 0 ? others : nil
    }

    /// A page of an owner's files, the newest first.
    ///
    /// - Parameter before: the serial with which the page before ended.
    /// - Returns: the files, and the serial with which the page ends where there are more.
    func page(of owner: String, before: Int?, size: Int) -> (files: [StoredFile], next: Int?) {
        let serials = shelves[owner]?.serials ?? []
        let end = before.map { serials.position(of: $0) } ?? serials.count
        let start = Swift.max(0, end - size)
        let files = serials[start..<end].reversed().compactMap { serial in
            keys[serial].flatMap { entries[$0]?.file }
        }
        return (files, start > 0 ? serials[start] : nil)
    }

    /// An id that no file of the owner has. The same seed, owner and number of file give the same one.
    mutating func makeID(for owner: String, seed: UInt64) -> String {
        while true {
            let number = shelves[owner, default: Shelf()].made
            shelves[owner, default: Shelf()].made += 1
            var generator = SeededGenerator(
                seed: Fingerprint.of(owner, seed: SeededGenerator.mix(seed &+ number)))
            let id = FileName.made(&generator)
            if self[id, owner] == nil { return id }
        }
    }

    mutating func insert(_ file: StoredFile, owner: String, content: FileFolder.Content?) {
        let serial = nextSerial
        nextSerial += 1
        let key = Key(owner: owner, id: file.id)
        entries[key] = Entry(file: file, owner: owner, serial: serial, content: content)
        keys[serial] = key
        holders[file.id, default: 0] += 1
        shelves[owner, default: Shelf()].serials.append(serial)
        shelves[owner, default: Shelf()].bytes += file.sizeBytes
        let expiry = Expiry(time: file.expires, serial: serial)
        expiries.insert(expiry, at: expiries.position(of: expiry))
    }

    mutating func remove(_ id: String, of owner: String) {
        guard let entry = forget(Key(owner: owner, id: id)) else { return }
        expiries.remove(at: expiries.position(of: Expiry(time: entry.file.expires, serial: entry.serial)))
        take([entry.serial], from: entry.owner)
    }

    /// The file has been asked for, which may be all that it has waited for to expire.
    mutating func poll(_ id: String, of owner: String, at now: Int64) {
        let key = Key(owner: owner, id: id)
        guard var entry = entries[key] else { return }
        let before = Expiry(time: entry.file.expires, serial: entry.serial)
        entry.file.poll(at: now)
        entries[key] = entry
        guard entry.file.expires != before.time else { return }
        expiries.remove(at: expiries.position(of: before))
        let after = Expiry(time: entry.file.expires, serial: entry.serial)
        expiries.insert(after, at: expiries.position(of: after))
    }

    func hasExpired(at now: Int64) -> Bool { expiries.first.map { $0.time <= now } ?? false }

    /// Removes all files whose time is over. Many that expire at once cost one pass over their owners' files.
    ///
    /// - Returns: their bytes.
    mutating func sweep(_ now: Int64) -> [FileFolder.Content] {
        guard hasExpired(at: now) else { return [] }
        let expired = expiries.prefix { $0.time <= now }
        expiries.removeFirst(expired.count)
        var contents: [FileFolder.Content] = []
        var gone: [String: [Int]] = [:]
        for serial in expired.map(\.serial) {
            guard let key = keys[serial], let entry = forget(key) else { continue }
            gone[entry.owner, default: []].append(serial)
            if let content = entry.content { contents.append(content) }
        }
        for (owner, serials) in gone { take(serials.sorted(), from: owner) }
        return contents
    }

    // MARK: For who looks at all of it

    /// The tenants that have files, in no order.
    var owners: [(tenant: Tenant, files: Int, bytes: Int)] {
        shelves.compactMap { owner, shelf in
            guard let serial = shelf.serials.last, let key = keys[serial], let entry = entries[key] else {
                return nil
            }
            return (entry.tenant, shelf.serials.count, shelf.bytes)
        }
    }

    /// A page of an owner's files, or of all, the newest first.
    ///
    /// - Parameter before: the serial with which the page before ended.
    func entries(of owner: String?, before: Int?, size: Int) -> (entries: [Entry], next: Int?) {
        let serials = owner.map { shelves[$0]?.serials ?? [] } ?? keys.keys.sorted()
        let end = before.map { serials.position(of: $0) } ?? serials.count
        let start = Swift.max(0, end - size)
        let page = serials[start..<end].reversed().compactMap { keys[$0].flatMap { entries[$0] } }
        return (page, start > 0 ? serials[start] : nil)
    }

    /// Removes all files of an owner, or of all; the owners' next ids are those of their first files.
    ///
    /// - Returns: their bytes.
    mutating func removeAll(of owner: String?) -> [FileFolder.Content] {
        guard let owner else {
            let contents = entries.values.compactMap(\.content)
            let serial = nextSerial
            let arriving = arriving
            self = FileIndex(mostShelves: mostShelves)
            nextSerial = serial
            self.arriving = arriving
            return contents
        }
        let serials = Set(shelves[owner]?.serials ?? [])
        let contents = serials.compactMap { serial in keys[serial].flatMap { forget($0)?.content } }
        expiries.removeAll { serials.contains($0.serial) }
        shelves[owner] = nil
        return contents
    }

    private mutating func forget(_ key: Key) -> Entry? {
        guard let entry = entries.removeValue(forKey: key) else { return nil }
        keys[entry.serial] = nil
        let others = (holders[key.id] ?? 1) - 1
        holders[key.id] = others > 0 ? others : nil
        shelves[entry.owner]?.bytes -= entry.file.sizeBytes
        return entry
    }

    /// - Parameter serials: of files that are forgotten already; sorted.
    private mutating func take(_ serials: [Int], from owner: String) {
        var rest = serials[...]
        shelves[owner]?.serials.removeAll { serial in
            guard serial == rest.first else { return false }
            rest.removeFirst()
            return true
        }
        // Keys can be made up without end, and each has a shelf. One that is forgotten counts its ids from the start.
        if shelves.count > mostShelves, shelves[owner]?.serials.isEmpty ?? false { shelves[owner] = nil }
    }
}

extension Array where Element: Comparable {
    /// Where `element` stands in sorted elements, or would.
    fileprivate func position(of element: Element) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < element { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
