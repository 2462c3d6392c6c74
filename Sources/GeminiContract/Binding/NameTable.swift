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
    private var slots = [Int32](repeating: -1, count: 64)
    private var mask: Int { slots.count - 1 }

    mutating func insert(_ name: String, scope: Int, number: Int) {
        var name = name
        name.withUTF8 { name in
            guard find(name, scope: scope) == nil else { return }
            entries.append(
                Entry(
                    scope: Int32(scope), start: Int32(bytes.count), count: Int32(name.count),
                    number: Int32(number)
                )
            )
            bytes += name
            if entries.count * 2 > slots.count { grow() } else { place(entries.count - 1) }
        }
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 4)
        for entry in entries.indices { place(entry) }
    }

    private mutating func place(_ number: Int) {
        let entry = entries[number]
        let range = Int(entry.start)..<Int(entry.start + entry.count)
        var slot = bytes.withUnsafeBufferPointer {
            hash(UnsafeBufferPointer(rebasing: $0[range]), Int(entry.scope))
        }
        while slots[slot] >= 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(number)
    }

    func find(_ name: UnsafeBufferPointer<UInt8>, scope: Int) -> Int? {
        var slot = hash(name, scope)
        while slots[slot] >= 0 {
            let entry = entries[Int(slots[slot])]
            if Int(entry.scope) == scope, Int(entry.count) == name.count,
                name.indices.allSatisfy({ name[$0] == bytes[Int(entry.start) + $0] })
            {
                return Int(entry.number)
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// FNV-1a; of a long name only as much as any known name has.
    private func hash(_ name: UnsafeBufferPointer<UInt8>, _ scope: Int) -> Int {
        var hash = 0xCBF2_9CE4_8422_2325 ^ UInt64(truncatingIfNeeded: scope)
        for byte in name.prefix(64) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 29) & mask
    }
}
