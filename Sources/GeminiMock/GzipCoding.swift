// SPDX-License-Identifier: Apache-2.0

import CZlib
import HTTPWire

/// Sends a plan's body with `Content-Encoding: gzip`; each write stays a write of its own.
enum GzipCoding {
    /// Whether the client takes gzip: named, or covered by a star, and not with a weight of zero.
    static func isAccepted(by head: RequestHead) -> Bool {
        let weights = head.fields.values("accept-encoding").joined(separator: ",").lowercased()
            .split(separator: ",").map { coding in
                let words = coding.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
                let weight = words.dropFirst().first { $0.hasPrefix("q=") }.flatMap {
                    Double($0.dropFirst(2))
                }
                return (name: words.first ?? "", weight: weight ?? 1)
            }
        let named = weights.first { $0.name == "gzip" } ?? weights.first { $0.name == "*" }
        return (named?.weight ?? 0) > 0
    }

    static func encode(_ plan: ResponsePlan) -> ResponsePlan {
        if let pending = plan.pending { return .pending(pending.mapped(encode)) }
        // What isn't decided yet can't be compressed now.
        let isLive = plan.actions.contains { if case .live = $0 { true } else { false } }
        guard plan.bodyLength > 0, !isLive, let stream = GzipStream() else { return plan }
        var plan = plan
        let last = plan.actions.lastIndex { if case .send = $0 { true } else { false } }
        plan.actions = plan.actions.enumerated().map { index, action in
            guard case .send(let bytes) = action else { return action }
            return .send(stream.write(bytes, isLast: index == last))
        }
        plan.head.fields.append(HTTPFields.Field("Content-Encoding", "gzip"))
        return plan
    }
}

/// zlib's deflate with gzip framing.
private final class GzipStream {
    // zlib keeps a pointer to this structure, so it mustn't move.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    init?() {
        stream.initialize(to: z_stream())
        guard gm_gzip_start(stream, Z_DEFAULT_COMPRESSION) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// What these bytes become. Flushed, so that the client can read them before more follow.
    func write(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        var input = bytes
        var output: [UInt8] = []
        input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            var space = [UInt8](repeating: 0, count: 16 * 1024)
            repeat {
                space.withUnsafeMutableBufferPointer { space in
                    stream.pointee.next_out = space.baseAddress
                    stream.pointee.avail_out = UInt32(space.count)
                    deflate(stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
                }
                output += space.prefix(space.count - Int(stream.pointee.avail_out))
            } while stream.pointee.avail_out == 0
        }
        return output
    }
}
