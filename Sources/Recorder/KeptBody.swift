// SPDX-License-Identifier: Apache-2.0

import CGnuTLS
import HTTPWire
import RecordReplay

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The bytes of a body that is to be recorded, while it passes by: in memory while they are few, then in a file without a name,
/// of which nothing is left behind whatever happens. Of one that is too long for a recording, the length and the hash.
///
/// `@unchecked Sendable`: one thread at a time uses it: who takes the body, then who writes the recording.
final class KeptBody: @unchecked Sendable {
    /// What is kept of bodies; in bytes.
    struct Limits: Sendable {
        /// In memory.
        var memory = 1024 * 1024
        /// At all.
        var body = RecordingFormat.longestBody
        /// Where the files are.
        var folder: String
    }

    private let limits: Limits
    private var bytes: [UInt8] = []
    private var length = 0
    private var descriptor: Int32 = -1
    private var hash: gnutls_hash_hd_t?
    private var hasFailed = false

    init(_ limits: Limits) { self.limits = limits }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if let hash { gnutls_hash_deinit(hash, nil) }
    }

    func append(_ part: UnsafeRawBufferPointer) {
        length += part.count
        guard descriptor >= 0 || length > limits.memory else { return bytes.append(contentsOf: part) }
        if hash == nil { spill() }
        gnutls_hash(hash, part.baseAddress, part.count)
        if length <= limits.body { write(part) } else { ftruncate(descriptor, 0) }
    }

    private func spill() {
        gnutls_hash_init(&hash, GNUTLS_DIG_SHA256)
        var path = Array("\(limits.folder)/.body-XXXXXX".utf8CString)
        descriptor = mkstemp(&path)
        guard descriptor >= 0 else {
            hasFailed = true
            bytes = []
            return
        }
        unlink(path)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        bytes.withUnsafeBytes {
            gnutls_hash(hash, $0.baseAddress, $0.count)
            write($0)
        }
        bytes = []
    }

    private func write(_ part: UnsafeRawBufferPointer) {
        if !hasFailed { hasFailed = !OpenFile.write(part, to: descriptor) }
    }

    /// Nothing is appended afterwards.
    ///
    /// - Returns: nil where the file couldn't be written or read.
    func finish() -> RecordedBody? {
        guard descriptor >= 0 || hasFailed else { return RecordedBody(bytes) }
        guard length <= limits.body else { return RecordedBody(leftOut: length, sha256: digest()) }
        return hasFailed ? nil : read().map { RecordedBody($0) }
    }

    private func read() -> [UInt8]? {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
            while count < length {
                let read = pread(descriptor, buffer.baseAddress! + count, length - count, off_t(count))
                if read < 0, errno == EINTR { continue }
                guard read > 0 else { break }
                count += read
            }
            filled = count
        }
        return count == length ? bytes : nil
    }

    private func digest() -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        gnutls_hash_output(hash, &digest)
        return digest.map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0\(text)" : text
        }.joined()
    }
}
