// SPDX-License-Identifier: Apache-2.0

import CZlib

/// Takes gzip from the writes of a body: each becomes what a client reads of it when it comes.
enum GzipDecoding {
    /// In bytes: what a small recording may become.
    private static let limit = 512 * 1024 * 1024

    /// - Returns: nil where it isn't gzip, or is broken; a body that was broken off is decoded as far as it goes.
    static func decode(_ pieces: [[UInt8]]) -> [[UInt8]]? {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        // 16: with gzip's framing.
        guard
            inflateInit2_(stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { inflateEnd(stream) }
        var (decoded, room): ([[UInt8]], Int) = ([], limit)
        for piece in pieces {
            guard let part = decode(piece, stream, room: room) else { return nil }
            room -= part.count
            decoded.append(part)
        }
        return decoded
    }

    private static func decode(
        _ piece: [UInt8], _ stream: UnsafeMutablePointer<z_stream>, room: Int
    ) -> [UInt8]? {
        var (input, output): ([UInt8], [UInt8]) = (piece, [])
        var space = [UInt8](repeating: 0, count: 16 * 1024)
        return input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(clamping: input.count)
            while true {
                let result = space.withUnsafeMutableBufferPointer { space in
                    stream.pointee.next_out = space.baseAddress
                    stream.pointee.avail_out = UInt32(space.count)
                    return inflate(stream, Z_SYNC_FLUSH)
                }
                output += space.prefix(space.count - Int(stream.pointee.avail_out))
                guard output.count <= room else { return nil }
                switch result {
                case Z_STREAM_END, Z_BUF_ERROR: return output
                case Z_OK: if stream.pointee.avail_in == 0, stream.pointee.avail_out > 0 { return output }
                default: return nil
                }
            }
        }
    }
}
