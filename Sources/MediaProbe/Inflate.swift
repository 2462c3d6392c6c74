// SPDX-License-Identifier: Apache-2.0

import CZlib

/// DEFLATE (RFC 1951) inside zlib's framing (RFC 1950), for the streams in which PDF files keep their objects: by zlib, with
/// a limit to what comes out. The checksum behind isn't looked at, since broken writers get it wrong.
struct Inflate {
    private(set) var output: [UInt8] = []
    private let input: [UInt8]
    private let limit: Int

    /// - Parameter limit: the most that may come out, in bytes.
    init(zlib input: [UInt8], limit: Int) {
        self.input = input
        self.limit = limit
    }

    /// - Returns: whether it came to the end within the limit; if not, `output` is what came until then.
    mutating func run() -> Bool {
        // Method 8, a check, and no preset dictionary.
        guard input.count > 2, input[0] & 0x0F == 8, (Int(input[0]) << 8 | Int(input[1])) % 31 == 0,
            input[1] & 0x20 == 0
        else { return false }
        var stream = z_stream()
        guard gm_raw_inflate_start(&stream) == Z_OK else { return false }
        defer { inflateEnd(&stream) }
        var data = Array(input.dropFirst(2))
        return data.withUnsafeMutableBufferPointer { data in
            stream.next_in = data.baseAddress
            stream.avail_in = UInt32(clamping: data.count)
            return drain(&stream)
        }
    }

    private mutating func drain(_ stream: inout z_stream) -> Bool {
        var block = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let status = block.withUnsafeMutableBufferPointer { block in
                stream.next_out = block.baseAddress
                stream.avail_out = UInt32(block.count)
                return inflate(&stream, Z_NO_FLUSH)
            }
            let count = block.count - Int(stream.avail_out)
            output += block.prefix(min(count, limit - output.count))
            if output.count == limit, count > 0 || status == Z_OK {
                // Right at the limit it may still turn out to be the end.
                return status == Z_STREAM_END && Int(stream.total_out) == limit
            }
            if status == Z_STREAM_END { return true }
            guard status == Z_OK, count > 0 || stream.avail_in > 0 else { return false }
        }
    }
}
