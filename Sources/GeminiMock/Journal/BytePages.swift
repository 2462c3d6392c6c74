// SPDX-License-Identifier: Apache-2.0

/// Where the bytes of records lie, one record's behind the other's. Blocks of their own, of which each goes when its record
/// goes, would be far apart in memory and out of the processor's caches by then, and to give back each costs more than to
/// write it.
struct BytePages {
    /// What is packed next goes here, if there is room for it.
    private var latest = BytePage(size: 0)
    /// Nothing on it is kept any more. It is written next: pages that come and go break up the memory between them.
    private var spare: BytePage?

    /// In bytes.
    private static let size = 64 * 1024
    /// What is larger has a page of its own: little is left over of the others.
    private static let largest = 8 * 1024

    /// Packs the bytes that a record keeps.
    mutating func pack(_ first: [UInt8], _ others: [[UInt8]]) -> PackedBlocks {
        let size = PackedBlocks.size(of: first, others)
        if size > BytePages.largest { return PackedBlocks(first, others, size, on: BytePage(size: size)) }
        if latest.room < size {
            latest = spare ?? BytePage(size: BytePages.size)
            spare = nil
        }
        return PackedBlocks(first, others, size, on: latest)
    }

    /// Takes back what isn't kept any more.
    mutating func takeBack(_ blocks: consuming PackedBlocks) {
        // The page that is written has one more holder. Who has been lent something reads it whenever that may be.
        guard spare == nil, blocks.isAloneOnPage, !blocks.page.isLent, blocks.page.size == BytePages.size
        else { return }
        blocks.page.clear()
        spare = blocks.page
    }
}

/// Memory for the bytes of several records. It is given back when none of them is left.
///
/// `@unchecked Sendable`: whoever has the `BytePages` writes to it, behind all that has been handed out; that doesn't change.
final class BytePage: @unchecked Sendable {
    private let bytes: UnsafeMutableRawBufferPointer
    /// How much of it is written.
    private(set) var end = 0
    /// Whether it may be read by who doesn't have the `BytePages`.
    private(set) var isLent = false

    init(size: Int) {
        bytes = .allocate(byteCount: size, alignment: 1)
    }

    deinit { bytes.deallocate() }

    var size: Int { bytes.count }
    var room: Int { bytes.count - end }

    /// Writes behind what is there.
    func append(_ block: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(rebasing: bytes[end...]).copyMemory(from: block)
        end += block.count
    }

    /// For who alone has it.
    func clear() { end = 0 }

    /// From now on what is written is read by others, too.
    func lend() { isLent = true }

    /// A part of what is written.
    subscript(range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[range])
    }
}
