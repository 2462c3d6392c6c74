// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads and writes descriptors to the end. Who opens one decides what it may be: a regular file, a pipe, a private file.
package enum OpenFile {
    /// Reads from where the descriptor stands to the end.
    ///
    /// - Parameters:
    ///   - limit: in bytes; one more is read at most, so that what is too long can be told.
    ///   - size: how many bytes are expected; as many are read at once.
    /// - Returns: nil where the system reads no further; `errno` says why.
    package static func bytes(
        of descriptor: Int32, atMost limit: Int = .max - 1, expecting size: Int = 64 * 1024
    ) -> [UInt8]? {
        var bytes: [UInt8] = []
        // A block of nothing would look like the end.
        var block = max(1, size)
        while bytes.count <= limit {
            guard let part = part(of: descriptor, min(block, limit + 1 - bytes.count)) else { return nil }
            if part.isEmpty { break }
            if bytes.isEmpty { bytes = part } else { bytes += part }
            block = 64 * 1024
        }
        return bytes
    }

    /// - Returns: empty at the end.
    private static func part(of descriptor: Int32, _ most: Int) -> [UInt8]? {
        var isRead = false
        let part = [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
            var result = -1
            repeat { result = read(descriptor, buffer.baseAddress, most) } while result < 0 && errno == EINTR
            isRead = result >= 0
            count = max(0, result)
        }
        return isRead ? part : nil
    }

    /// Writes all, where the descriptor stands.
    ///
    /// - Returns: whether all could be written; `errno` says why not.
    package static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = systemWrite(descriptor, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
        return true
    }

    /// See above.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { write($0, to: descriptor) }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
