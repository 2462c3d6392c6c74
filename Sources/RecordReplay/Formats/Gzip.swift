// SPDX-License-Identifier: Apache-2.0

import CZlib

/// gzip, for bodies that were sent so.
package enum Gzip {
    /// What is in it, as far as it goes: of a stream that was cut off its beginning.
    ///
    /// - Parameter limit: in bytes.
    /// - Returns: nil where it isn't gzip, is broken, or holds more.
    package static func decode(_ bytes: [UInt8], limit: Int) -> (bytes: [UInt8], isWhole: Bool)? {
        var stream = z_stream()
        // 16: with gzip's framing.
        guard inflateInit2_(&stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { inflateEnd(&stream) }
        var input = bytes
        var output: [UInt8] = []
        var space = [UInt8](repeating: 0, count: min(limit + 1, 64 * 1024))
        return input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(clamping: input.count)
            while true {
                let result = space.withUnsafeMutableBufferPointer { space in
                    stream.next_out = space.baseAddress
                    stream.avail_out = UInt32(space.count)
                    return inflate(&stream, Z_SYNC_FLUSH)
                }
                output += space.prefix(space.count - Int(stream.avail_out))
                guard output.count <= limit else { return nil }
                switch result {
                case Z_STREAM_END: return stream.avail_in == 0 ? (output, true) : nil
                case Z_OK: if stream.avail_in == 0, stream.avail_out > 0 { return (output, false) }
                case Z_BUF_ERROR: return (output, false)
                default: return nil
                }
            }
        }
    }

    /// Compressed anew.
    ///
    /// - Parameter isWhole: else its end is left off, as if it had been cut.
    static func encode(_ bytes: [UInt8], isWhole: Bool = true) -> [UInt8]? {
        var stream = z_stream()
        guard gm_gzip_start(&stream, Z_DEFAULT_COMPRESSION) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 32)
        let isDone = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(clamping: input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(clamping: output.count)
                return deflate(&stream, isWhole ? Z_FINISH : Z_SYNC_FLUSH) == (isWhole ? Z_STREAM_END : Z_OK)
            }
        }
        guard isDone else { return nil }
        output.removeLast(Int(stream.avail_out))
        return output
    }
}
