// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Which piece of a film is meant, and how many of its frames (CORE 4.2). What makes no sense counts as not sent.
public struct VideoMetadata: Sendable, Equatable {
    /// Seconds from the film's beginning.
    public let startOffset: Double?
    public let endOffset: Double?
    /// Frames a second: more than 0, at most 24 (documented).
    public let fps: Double?

    init(_ view: JSONView) {
        startOffset = view.field("startOffset").flatMap(VideoMetadata.seconds)
        endOffset = view.field("endOffset").flatMap(VideoMetadata.seconds)
        fps = view.field("fps")?.protoDouble.flatMap { $0 > 0 && $0 <= 24 ? $0 : nil }
    }

    /// A duration as proto3 JSON writes it: `2s`, `1.5s`. Those below zero point outside the film.
    private static func seconds(_ view: JSONView) -> Double? {
        // The longest has twelve digits, a point and nine more.
        guard let text = view.string, text.utf8.count <= 32, text.utf8.last == UInt8(ascii: "s") else {
            return nil
        }
        let number = text.utf8.dropLast()
        let isNumber = number.allSatisfy {
            $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        return isNumber ? Double(Substring(number)) : nil
    }
}
