// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The bodies that stand beside a recording, each read once, for all who read parts of it.
final class BodyShelf: Sendable {
    private let source: RecordingReader.BodySource
    private let bodies = Monitor<[String: [UInt8]]>([:])

    init(_ source: @escaping RecordingReader.BodySource) {
        self.source = source
    }

    /// - Parameter isThorough: whether the bytes must be those that the name tells the hash of; that is told once.
    func content(of name: String, isThorough: Bool) -> Result<[UInt8], RecordingReader.BodyFailure> {
        if let known = bodies.withLock({ $0[name] }) { return .success(known) }
        let bytes: [UInt8]
        switch source(name) {
        case .success(let found): bytes = found
        case .failure(let failure): return .failure(failure)
        }
        let known = bodies.withLock { bodies in
            defer { bodies[name] = bodies[name] ?? bytes }
            return bodies[name]
        }
        if let known { return .success(known) }
        if isThorough, let hash = BodyName.hash(of: name), ContentHash.hex(of: bytes) != hash {
            return .failure(
                RecordingReader.BodyFailure(reason: "was changed: its SHA-256 isn't its name any more"))
        }
        return .success(bytes)
    }

    /// Of those that were there.
    var names: Set<String> { bodies.withLock { Set($0.keys) } }
}
