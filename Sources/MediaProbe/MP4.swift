// SPDX-License-Identifier: Apache-2.0

/// MP4, M4A, QuickTime and 3GPP (ISO/IEC 14496-12), whole or in fragments, and the pictures in that format
/// (HEIC, AVIF).
///
/// Goes from box header to box header, into the few boxes that matter, over all others.
struct MP4Walker: MediaWalker {
    /// Boxes that are looked at: some ten hours of fragments of a tenth of a second each.
    static let mostBoxes = 4_000_000
    /// Bytes of a box's content that hold all its fixed fields.
    private static let contentLength = 128

    private enum Step {
        case header
        /// The fixed fields of a box.
        case content(MP4Box, end: Int)
        case table(MP4Table)
        case done
    }

    private var window = ForwardWindow(needed: 8)
    private var step = Step.header
    private var containers: [(box: MP4Box, end: Int)] = []
    private var boxes = 0
    private var film = MP4Film()

    init() {}

    /// Whether media that begins so is of this kind: one of the boxes that come first is there.
    static func recognises(_ start: [UInt8]) -> Bool {
        guard start.count >= 8 else { return false }
        switch String(decoding: start[4..<8], as: UTF8.self) {
        // Older than `ftyp`.
        case "moov", "mdat": return true
        // Small ones; the others are space, a preview, and what segments of a stream begin with. "The free
        // world" isn't.
        case "ftyp", "styp", "sidx", "moof", "wide", "free", "skip", "pnot": return start[0] == 0
        default: return false
        }
    }

    var wanted: Range<Int>? {
        if case .done = step { return nil }
        return window.wanted
    }

    mutating func read(_ bytes: [UInt8]) {
        window.take(bytes)
        while window.isReady {
            switch step {
            case .header: readHeader()
            case .content(let box, let end): readContent(of: box, end: end)
            case .table(let table): readEntries(of: table)
            case .done: return
            }
        }
        if window.hasEnded { step = .done }
    }

    func facts(total: Int) -> MediaFacts { film.facts(total: total) }

    // MARK: - Boxes

    private mutating func readHeader() {
        let position = window.position
        // Content that is too short for a box ends its container: QuickTime closes lists with four zeros.
        if let container = containers.last, position + 8 > container.end {
            containers.removeLast()
            return goOn(at: container.end)
        }
        boxes += 1
        guard boxes <= Self.mostBoxes else { return step = .done }
        guard let header = readHeader(in: containers.last?.end) else { return }
        guard let box = header.box, box.parent == containers.last?.box else { return goOn(at: header.end) }
        enter(box, start: position + header.length, end: header.end)
    }

    private typealias Header = (box: MP4Box?, length: Int, end: Int)

    /// The header at the position; nil where it takes more bytes, or makes no sense and was dealt with.
    private mutating func readHeader(in containerEnd: Int?) -> Header? {
        let position = window.position
        let end = containerEnd ?? ForwardWindow.limit
        var size = window.number(at: 0, size: 4)
        let isLong = size == 1
        if isLong {
            guard window.available >= 16 else {
                window.move(to: position, needed: 16)
                return nil
            }
            size = window.number(at: 8, size: 8)
        }
        let length = isLong ? 16 : 8
        // 0: to the end. Smaller than its own header: nothing behind it can be found.
        guard size == 0 || size >= UInt64(length) else {
            goOn(at: end)
            return nil
        }
        let ownEnd = size == 0 || size > UInt64(end - position) ? end : position + Int(size)
        return (MP4Box(rawValue: UInt32(window.number(at: 4, size: 4))), length, ownEnd)
    }

    private mutating func enter(_ box: MP4Box, start: Int, end: Int) {
        film.begin(box, start: start, end: end == ForwardWindow.limit ? nil : end)
        if let skipped = box.bytesBeforeChildren {
            containers.append((box, end))
            goOn(at: min(start + skipped, end))
        } else if box == .mdat {
            goOn(at: end)
        } else {
            step = .content(box, end: end)
            window.move(to: start, needed: min(end - start, Self.contentLength))
        }
    }

    private mutating func readContent(of box: MP4Box, end: Int) {
        let content = BoxContent(window.bytes(min(end - window.position, Self.contentLength)))
        film.take(box, content)
        guard var table = MP4Table(box, content) else { return goOn(at: end) }
        table.limit(to: end - window.position)
        guard table.entries > 0 else { return goOn(at: end) }
        table.end = end
        read(table, at: window.position + table.start)
    }

    private mutating func read(_ table: MP4Table, at offset: Int) {
        step = .table(table)
        window.move(to: offset, needed: table.entriesInRegion * table.entrySize)
    }

    private mutating func readEntries(of table: MP4Table) {
        var table = table
        let count = table.entriesInRegion
        for index in 0..<count {
            film.take(
                table.kind, entry: window.number(at: index * table.entrySize, size: table.kind.valueSize))
        }
        table.entries -= count
        let behind = window.position + count * table.entrySize
        guard table.entries > 0 else { return goOn(at: table.end) }
        read(table, at: behind)
    }

    private mutating func goOn(at offset: Int) {
        guard offset < ForwardWindow.limit else { return step = .done }
        step = .header
        window.move(to: offset, needed: 8)
    }
}
