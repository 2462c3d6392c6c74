// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The bytes that a record keeps, each piece behind its length: a part of a page.
struct PackedBlocks: Sendable {
    private(set) var page: BytePage
    private let range: Range<Int>

    /// What a length takes, in bytes.
    private static let lengthSize = 4

    /// How many bytes they take.
    static func size(of first: [UInt8], _ others: [[UInt8]]) -> Int {
        others.reduce(lengthSize + first.count) { $0 + lengthSize + $1.count }
    }

    /// - Parameters:
    ///   - size: what they take.
    ///   - page: has room for that.
    init(_ first: [UInt8], _ others: [[UInt8]], _ size: Int, on page: BytePage) {
        self.page = page
        range = page.end..<(page.end + size)
        page.appendBlock(first)
        for piece in others { page.appendBlock(piece) }
    }

    /// Whether nobody else has anything on the page.
    var isAloneOnPage: Bool {
        mutating get { isKnownUniquelyReferenced(&page) }
    }

    /// The same, to be read by who doesn't have the `BytePages`.
    var lent: PackedBlocks {
        page.lend()
        return self
    }

    /// The first of them again.
    var first: [UInt8] { block(at: range.lowerBound) }

    /// All of them again.
    var unpacked: (first: [UInt8], others: [[UInt8]]) {
        let first = first
        var pieces: [[UInt8]] = []
        var at = range.lowerBound + PackedBlocks.lengthSize + first.count
        while at < range.upperBound {
            let piece = block(at: at)
            pieces.append(piece)
            at += PackedBlocks.lengthSize + piece.count
        }
        return (first, pieces)
    }

    private func block(at start: Int) -> [UInt8] {
        let bytes = start + PackedBlocks.lengthSize
        let length = page[start..<bytes].loadUnaligned(as: UInt32.self)
        return Array(page[bytes..<(bytes + Int(UInt32(littleEndian: length)))])
    }
}

extension BytePage {
    /// - Parameter block: kept whole, so far shorter than 4 GiB.
    fileprivate func appendBlock(_ block: [UInt8]) {
        Swift.withUnsafeBytes(of: UInt32(block.count).littleEndian) { append($0) }
        block.withUnsafeBytes { append($0) }
    }
}
