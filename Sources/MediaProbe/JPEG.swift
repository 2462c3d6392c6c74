// SPDX-License-Identifier: Apache-2.0

/// JPEG (ITU-T T.81, annex B): from marker to marker, over notes of any length, to the frame header.
struct JPEGWalker: MediaWalker {
    /// Segments that are looked at. Files with a long colour profile or many previews have some hundreds.
    private static let mostSegments = 20_000

    private var window = ForwardWindow(needed: 4)
    private var segments = 0
    private var isDone = false
    private var size: (width: Int, height: Int)?

    /// - Parameter start: the first bytes of the file, which this then doesn't ask for.
    init(start: [UInt8]) {
        window = ForwardWindow(start: start, needed: 4)
        // Over the start of the image.
        window.move(to: 2, needed: 4)
        readSegments()
    }

    var wanted: Range<Int>? { isDone ? nil : window.wanted }

    mutating func read(_ bytes: [UInt8]) {
        window.take(bytes)
        readSegments()
        if window.hasEnded { isDone = true }
    }

    func facts(total: Int) -> MediaFacts {
        MediaFacts(mimeType: ImageHeader.Format.jpeg.rawValue, width: size?.width, height: size?.height)
    }

    private mutating func readSegments() {
        while !isDone, window.isReady { readSegment() }
    }

    private mutating func readSegment() {
        segments += 1
        let marker = window.number(at: 1, size: 1)
        guard segments <= Self.mostSegments, window.number(at: 0, size: 1) == 0xFF else {
            return isDone = true
        }
        switch marker {
        // Any number of these may come before a marker.
        case 0xFF: skip(1)
        // Markers without anything behind them.
        case 0x01, 0xD0...0xD8: skip(2)
        // Frame headers; those between are tables.
        case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF: readFrame()
        // The end, or the picture begins and nothing told its size.
        case 0x00, 0xD9, 0xDA: isDone = true
        default: skip(2 + max(2, Int(window.number(at: 2, size: 2))))
        }
    }

    /// Marker, length and precision take 5 bytes, then height and width.
    private mutating func readFrame() {
        guard window.available >= 9 else { return window.move(to: window.position, needed: 9) }
        let height = Int(window.number(at: 5, size: 2))
        let width = Int(window.number(at: 7, size: 2))
        // Height 0: told behind the picture (DNL), which nobody writes.
        if width > 0, height > 0 { size = (width, height) }
        isDone = true
    }

    private mutating func skip(_ count: Int) {
        window.move(to: window.position + count, needed: 4)
    }
}
