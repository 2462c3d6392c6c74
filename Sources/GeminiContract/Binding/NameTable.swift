// SPDX-License-Identifier: Apache-2.0

/// Names in scopes, each with a number: one open hash for all, so that looking a name up compares bytes once or twice.
struct NameTable: Sendable {
    private struct Entry: Sendable {
        let scope: Int32
        let start: Int32
        let count: Int32
        let number: Int32
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    private var slots = [Int32](repeating: -1, count: 2048)
    private var mask: Int { slots.count - 1 }

    /// Keeps the first of two that are called the same.
    mutating func insert(_ name: UnsafeBufferPointer<UInt8>, scope: Int, number: Int) {
        let start = bytes.count
        bytes.append(contentsOf: name)
        insertEnd(from: start, scope: scope, number: number)
    }

    /// Inserts `systemInstruction` as `system_instruction`.
    mutating func insertSnakeCase(of name: UnsafeBufferPointer<UInt8>, scope: Int, number: Int) {
        guard name.contains(where: { $0 &- UInt8(ascii: "A") < 26 }) else { return }
        let start = bytes.count
        SnakeCase.append(name, to: &bytes)
        insertEnd(from: start, scope: scope, number: number)
    }

    /// Makes a name of the last bytes.
    private mutating func insertEnd(from start: Int, scope: Int, number: Int) {
        let slot = bytes.withUnsafeBufferPointer {
            self.slot(of: UnsafeBufferPointer(rebasing: $0[start...]), scope)
        }
        guard slots[slot] < 0 else { return bytes.removeLast(bytes.count - start) }
        slots[slot] = Int32(entries.count)
        entries.append(
            Entry(
                scope: Int32(scope), start: Int32(start), count: Int32(bytes.count - start),
                number: Int32(number)
            )
        )
        if entries.count * 2 > slots.count { grow() }
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 4)
        for (index, entry) in entries.enumerated() {
            let range = Int(entry.start)..<Int(entry.start + entry.count)
            let slot = bytes.withUnsafeBufferPointer {
                self.slot(of: UnsafeBufferPointer(rebasing: $0[range]), Int(entry.scope))
            }
            slots[slot] = Int32(index)
        }
    }

    func find(_ name: UnsafeBufferPointer<UInt8>, scope: Int) -> Int? {
        let entry = Int(slots[slot(of: name, scope)])
        return entry < 0 ? nil : Int(entries[entry].number)
    }

    /// Where the name stands, or would stand.
    private func slot(of name: UnsafeBufferPointer<UInt8>, _ scope: Int) -> Int {
        var slot = hash(name, scope)
        while slots[slot] >= 0, !isSame(entries[Int(slots[slot])], name, scope) { slot = (slot + 1) & mask }
        return slot
    }

    private func isSame(_ entry: Entry, _ name: UnsafeBufferPointer<UInt8>, _ scope: Int) -> Bool {
        guard Int(entry.scope) == scope, Int(entry.count) == name.count else { return false }
        let start = Int(entry.start)
        for index in 0..<name.count where name[index] != bytes[start + index] { return false }
        return true
    }

    /// FNV-1a; of a long name only as much as any known name has.
    private func hash(_ name: UnsafeBufferPointer<UInt8>, _ scope: Int) -> Int {
        var hash = 0xCBF2_9CE4_8422_2325 ^ UInt64(truncatingIfNeeded: scope)
        for byte in name.prefix(64) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 29) & mask
    }
}
