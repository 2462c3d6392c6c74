// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Header fields that a recording had before: nearly all that an exchange has stand in others, too, and share their texts
/// then. That saves a tenth of the time that a long recording takes to read, and a tenth of its memory.
struct KnownFields {
    private struct Entry {
        /// The number of the value that it was read from.
        let place: Int
        let field: HTTPFields.Field
    }

    /// By what is told of the text at the first look; of two that look alike the last one is kept.
    private var entries: [Entry?] = []
    private static let size = 128

    /// The field that the same text said before.
    func field(_ text: UnsafeBufferPointer<UInt8>, _ nodes: JSONNodes) -> HTTPFields.Field? {
        guard !entries.isEmpty, !text.isEmpty, let start = text.baseAddress,
            let entry = entries[KnownFields.slot(text)]
        else { return nil }
        let known = nodes.raw(entry.place)
        guard known.count == text.count, let other = known.baseAddress,
            memcmp(start, other, text.count) == 0
        else { return nil }
        return entry.field
    }

    mutating func keep(_ field: HTTPFields.Field, _ text: UnsafeBufferPointer<UInt8>, at place: Int) {
        guard !text.isEmpty else { return }
        if entries.isEmpty { entries = [Entry?](repeating: nil, count: KnownFields.size) }
        entries[KnownFields.slot(text)] = Entry(place: place, field: field)
    }

    private static func slot(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        (text.count &* 31 &+ Int(text[0]) &+ Int(text[text.count / 2]) &* 7) & (size - 1)
    }
}
