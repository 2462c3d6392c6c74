// SPDX-License-Identifier: Apache-2.0

/// Base64 text that is decoded as it arrives, wherever reads cut it: either alphabet, padded or not, white space
/// anywhere.
public struct Base64Stream: Sendable {
    /// Whether something has no place in base64. Nothing is decoded from there on.
    public private(set) var isMalformed = false
    private var bits: UInt32 = 0
    /// Digits of the group that has begun.
    private var place = 0
    private var isPadded = false
    private static let pieceLength = 12_288

    public init() {}

    /// Whether the text may end here: one digit alone is no byte.
    public var mayEnd: Bool { !isMalformed && (isPadded || place != 1) }

    /// Gives out what `text` adds, in pieces that last only as long as the call.
    public mutating func consume(
        _ text: UnsafeRawBufferPointer, _ decoded: (UnsafeRawBufferPointer) -> Void
    ) {
        withUnsafeTemporaryAllocation(byteCount: Base64Stream.pieceLength, alignment: 1) { piece in
            var count = 0
            Base64Scan.values.withUnsafeBufferPointer { values in
                for byte in text {
                    guard let byte = add(byte, value: values[Int(byte)]) else { continue }
                    piece[count] = byte
                    count += 1
                    if count == piece.count {
                        decoded(UnsafeRawBufferPointer(piece))
                        count = 0
                    }
                }
            }
            if count > 0 { decoded(UnsafeRawBufferPointer(rebasing: piece[..<count])) }
        }
    }

    /// The byte that this digit completes, if any.
    @inline(__always)
    private mutating func add(_ byte: UInt8, value: UInt8) -> UInt8? {
        if value < 64, !isPadded, !isMalformed {
            bits = bits << 6 | UInt32(value)
            place = (place + 1) & 3
            switch place {
            case 1: return nil
            case 2: return UInt8(truncatingIfNeeded: bits >> 4)
            case 3: return UInt8(truncatingIfNeeded: bits >> 2)
            default: return UInt8(truncatingIfNeeded: bits)
            }
        }
        switch byte {
        case 0x20, 0x09...0x0D: break
        case UInt8(ascii: "="):
            // One digit, or none, has nothing to be filled up.
            if !isPadded, place < 2 { isMalformed = true }
            isPadded = true
        default: isMalformed = true
        }
        return nil
    }
}
