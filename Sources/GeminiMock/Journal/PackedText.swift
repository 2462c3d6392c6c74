// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Writes many texts into one block, each behind its length. A record is one block: a dozen small ones would be far apart in
/// memory by the time the record goes, and to find each of them costs more than to make it.
struct TextPacker {
    private let start: UnsafeMutableRawPointer
    private(set) var count = 0

    /// What a length takes, in bytes.
    static let lengthSize = 4

    /// - Parameter room: for all that will be added, lengths included; who adds more traps.
    static func packed(room: Int, _ body: (inout TextPacker) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: max(room, lengthSize)) { block, count in
            guard let start = UnsafeMutableRawPointer(block.baseAddress) else { return }
            var packer = TextPacker(start)
            body(&packer)
            precondition(packer.count <= room, "the room was counted wrongly")
            count = packer.count
        }
    }

    private init(_ start: UnsafeMutableRawPointer) {
        self.start = start
    }

    mutating func add(_ number: Int) {
        start.storeBytes(
            of: UInt32(truncatingIfNeeded: number).littleEndian, toByteOffset: count, as: UInt32.self)
        count += TextPacker.lengthSize
    }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        add(bytes.count)
        if let source = bytes.baseAddress {
            (start + count).copyMemory(from: source, byteCount: bytes.count)
        }
        count += bytes.count
    }
}

/// Gives them back in their order.
struct TextUnpacker {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func number() -> Int {
        defer { at += TextPacker.lengthSize }
        return bytes.withUnsafeBytes {
            Int(UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
        }
    }

    mutating func data() -> [UInt8] {
        let count = number()
        defer { at += count }
        return Array(bytes[at..<(at + count)])
    }

    mutating func text() -> String {
        let count = number()
        defer { at += count }
        return String(decoding: bytes[at..<(at + count)], as: UTF8.self)
    }
}
