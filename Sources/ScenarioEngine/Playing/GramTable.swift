// SPDX-License-Identifier: Apache-2.0

/// Up to four neighbouring bytes of a text, with their number.
struct Gram: Hashable, Sendable {
    static let longest = 4

    let packed: UInt64

    init(_ bytes: some Collection<UInt8>) {
        packed = bytes.reduce(UInt64(bytes.count)) { $0 << 8 | UInt64($1) }
    }

    fileprivate init(packed: UInt64) {
        self.packed = packed
    }

    /// Those of a text, each once; one alone where the text is short, none where it is empty.
    static func all(of text: String) -> Set<Gram> {
        let bytes = Array(text.utf8)
        guard bytes.count > longest else { return bytes.isEmpty ? [] : [Gram(bytes)] }
        return Set((0...(bytes.count - longest)).map { Gram(bytes[$0..<($0 + longest)]) })
    }
}

/// Stubs by grams, and which of them a text has. One pass over the text, whatever the number of stubs.
struct GramTable: Sendable {
    private var stubs: [Gram: [Int]] = [:]
    /// The lengths in use.
    private var lengths: Set<Int> = []
    /// A bit for each gram's hash: most positions of a long text need no look into the table.
    private var sieve = [UInt64](repeating: 0, count: 1024)

    var isEmpty: Bool { stubs.isEmpty }

    mutating func insert(_ stub: Int, under gram: Gram) {
        stubs[gram, default: []].append(stub)
        lengths.insert(Int(gram.length))
        sieve[gram.hash >> 6] |= 1 << (UInt64(gram.hash) & 63)
    }

    func find(in text: String, into found: inout [Int]) {
        var text = text
        text.withUTF8 { bytes in
            for length in lengths where bytes.count >= length { find(length, in: bytes, into: &found) }
        }
    }

    private func find(_ length: Int, in bytes: UnsafeBufferPointer<UInt8>, into found: inout [Int]) {
        let mask: UInt64 = (1 << (8 * UInt64(length))) - 1
        let head = UInt64(length) << (8 * UInt64(length))
        var window: UInt64 = 0
        // A gram that is met again finds nothing new.
        var known: Set<Gram> = []
        for (index, byte) in bytes.enumerated() {
            window = (window << 8 | UInt64(byte)) & mask
            guard index >= length - 1 else { continue }
            let gram = Gram(packed: head | window)
            guard sieve[gram.hash >> 6] & (1 << (UInt64(gram.hash) & 63)) != 0,
                let stubs = stubs[gram], known.insert(gram).inserted
            else { continue }
            found += stubs
        }
    }
}

extension Gram {
    /// In bytes: the highest bits tell it.
    fileprivate var length: UInt64 {
        for length in UInt64(1)...4 where packed >> (8 * length) == length { return length }
        return 0
    }

    /// Of 16 bits.
    fileprivate var hash: Int { Int((packed &* 0x9E37_79B9_7F4A_7C15) >> 48) }
}
