// SPDX-License-Identifier: Apache-2.0

/// A text to be looked for in others, in linear time (Knuth, Morris and Pratt): both may be long, and repeat themselves.
public struct ByteSearch: Sendable {
    let wanted: String
    private let bytes: [UInt8]
    /// How much of it still fits where the byte behind `n` bytes that fit doesn't.
    private let fallback: [Int]

    public init(_ wanted: String) {
        self.wanted = wanted
        bytes = Array(wanted.utf8)
        var (fallback, fitting) = (Array(repeating: 0, count: bytes.count + 1), 0)
        for at in bytes.indices.dropFirst() {
            while fitting > 0, bytes[fitting] != bytes[at] { fitting = fallback[fitting] }
            if bytes[fitting] == bytes[at] { fitting += 1 }
            fallback[at + 1] = fitting
        }
        self.fallback = fallback
    }

    func isFound(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { isFound(in: $0) }
    }

    public func isFound(in bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer { isFound(in: $0) } }

    private func isFound(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !bytes.isEmpty else { return true }
        guard bytes.count <= text.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            fallback.withUnsafeBufferPointer { fallback in
                var fitting = 0
                for byte in text {
                    while fitting > 0, bytes[fitting] != byte { fitting = fallback[fitting] }
                    if bytes[fitting] == byte { fitting += 1 }
                    if fitting == bytes.count { return true }
                }
                return false
            }
        }
    }
}
