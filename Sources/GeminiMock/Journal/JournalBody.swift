// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// A body as the journal keeps it: credentials are masked with `*`, byte for byte.
public struct JournalBody: Sendable {
    /// How much of it is kept.
    public enum Extent: String, Sendable {
        case whole
        /// JSON whose long strings are cut: `iVBORw0K… (20971520 bytes)`.
        case shortened
        /// Its first bytes.
        case beginning
    }

    public let bytes: [UInt8]
    public let extent: Extent
    /// How long it was, in bytes.
    public let length: Int
    /// Of all of it, in lower-case hex. Nil where all of it is kept, or where it was taken as it arrived (an upload's bytes:
    /// the file has their hash), or never came whole.
    public internal(set) var sha256: String?
    /// Whether something was masked.
    let isMasked: Bool

    static let empty = JournalBody(bytes: [], extent: .whole, length: 0)

    init(bytes: [UInt8], extent: Extent, length: Int, sha256: String? = nil, isMasked: Bool = false) {
        self.isMasked = isMasked
        self.bytes = bytes
        self.extent = extent
        self.length = length
        self.sha256 = sha256
    }

    /// - Parameters:
    ///   - bytes: all of them.
    ///   - json: what was parsed of them; nil where that is nothing.
    init(_ bytes: [UInt8], json: JSONDocument? = nil, limits: Journal.Limits, _ redactor: Redactor) {
        length = bytes.count
        (self.bytes, extent, isMasked) = JournalBody.kept(bytes, json, limits, redactor)
    }

    private static func kept(
        _ bytes: [UInt8], _ json: JSONDocument?, _ limits: Journal.Limits, _ redactor: Redactor
    ) -> ([UInt8], Extent, isMasked: Bool) {
        guard bytes.count > limits.wholeBody else {
            var kept = bytes
            let isMasked = redactor.mask(&kept)
            return (kept, .whole, isMasked)
        }
        let margin = Journal.Limits.margin
        let shortened = json?.shortened(stringsOver: limits.longString, to: limits.cutString, margin: margin)
        {
            redactor.mask(&$0)
        }
        if var shortened, shortened.count <= limits.wholeBody {
            let isMasked = redactor.mask(&shortened)
            return (shortened, .shortened, isMasked)
        }
        var kept = Array(bytes.prefix(limits.beginning + margin))
        let isMasked = redactor.mask(&kept)
        return (Array(kept.prefix(limits.beginning)), .beginning, isMasked)
    }
}
