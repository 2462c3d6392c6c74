// SPDX-License-Identifier: Apache-2.0

/// Where the samples of an MP4 file lie (`mdat`), and how much of that is really there.
struct MP4Data: Sendable {
    /// From the beginning to the end (nil: where the media ends), offsets in the media.
    typealias Place = (start: Int, end: Int?)

    /// Bytes of all but the last.
    private var bytesBefore = 0.0
    private var last: Place?
    /// That which followed the latest fragment's header; nil: none yet.
    var latest: Place?

    mutating func add(start: Int, end: Int?) {
        if let last, let end = last.end { bytesBefore += Double(end - last.start) }
        last = (start, end)
        latest = latest ?? last
    }

    /// The share of all data that is there, 0 to 1; nil where there is no data at all.
    ///
    /// Sound and picture of a cut file are then taken to be as long in proportion.
    func presentShare(total: Int) -> Double? {
        guard let last else { return nil }
        let here = Self.present(last, total: total)
        let promised = last.end.map { Double($0 - last.start) } ?? here
        // An empty box at the end of a whole file takes nothing away.
        return bytesBefore + promised > 0 ? (bytesBefore + here) / (bytesBefore + promised) : 0
    }

    /// The same of what belongs to the latest fragment.
    func presentShareOfLatest(total: Int) -> Double {
        guard let latest else { return 0 }
        guard let end = latest.end, end > latest.start else { return 1 }
        return Self.present(latest, total: total) / Double(end - latest.start)
    }

    private static func present(_ place: Place, total: Int) -> Double {
        Double(max(0, min(place.end ?? total, total) - place.start))
    }
}
