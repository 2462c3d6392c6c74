// SPDX-License-Identifier: Apache-2.0

/// Tells from a medium's bytes what it is and how long it lasts.
///
/// Bytes can be given as they arrive, cut anywhere: what isn't wanted is passed over and not kept, so that
/// the probe holds 64 KiB and a little at most. Bytes that lie somewhere already are best read by
/// `facts(of:)`.
public struct MediaProbe: Sendable {
    private var walker = MediaRecogniser()
    /// The part of the wanted region that has arrived.
    private var region: [UInt8] = []
    /// How many bytes have arrived.
    private var position = 0

    public init() {}

    /// Takes the bytes that come next.
    public mutating func consume(_ bytes: UnsafeRawBufferPointer) {
        var used = 0
        while used < bytes.count, let wanted = walker.wanted {
            let rest = bytes.count - used
            let skipped = max(0, min(wanted.lowerBound - position, rest))
            let taken = min(rest - skipped, wanted.upperBound - position - skipped)
            region.append(
                contentsOf: UnsafeRawBufferPointer(rebasing: bytes[(used + skipped)...].prefix(taken)))
            used += skipped + taken
            position += skipped + taken
            if position == wanted.upperBound {
                walker.read(region)
                region.removeAll(keepingCapacity: true)
            }
        }
        position += bytes.count - used
    }

    /// What is known when the bytes so far are all there are.
    public func finish() -> MediaFacts {
        var walker = walker
        if walker.wanted != nil { walker.read(region) }
        return walker.facts(total: position)
    }

    /// What is known of bytes that can be read anywhere; only those that matter are read.
    public static func facts(of source: some ByteSource) -> MediaFacts {
        var walker = MediaRecogniser()
        walker.walk(source)
        return walker.facts(total: source.count)
    }
}

extension MediaWalker {
    /// Reads what is wanted, until nothing is or the source ends.
    mutating func walk(_ source: some ByteSource) {
        while let wanted {
            let bytes = source.bytes(at: wanted.lowerBound, count: wanted.count)
            read(bytes)
            if bytes.count < wanted.count { return }
        }
    }
}
