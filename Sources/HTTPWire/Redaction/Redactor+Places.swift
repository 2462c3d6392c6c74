// SPDX-License-Identifier: Apache-2.0

extension Redactor {
    /// Where a text has secrets: in order, and not overlapping.
    public func places(in text: [UInt8]) -> [Range<Int>] {
        let found = text.withUnsafeBufferPointer { SecretFinder.places(in: $0, known) }
        var merged: [Range<Int>] = []
        for range in found.map(\.range).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound < last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    /// What `find` finds in the texts of a stream, joined as a client joins them, where it is in the stream.
    public static func places(
        acrossEventsOf stream: [UInt8], _ find: (UnsafeBufferPointer<UInt8>) -> [Range<Int>]
    ) -> [Range<Int>] {
        EventTexts.places(in: stream) { text in find(text).map { SecretFinder.Place(range: $0) } }.map(
            \.range)
    }
}
