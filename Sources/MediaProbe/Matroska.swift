// SPDX-License-Identifier: Apache-2.0

/// WebM and Matroska (RFC 8794, RFC 9559), also as browsers record it: sizes unknown, and no duration.
///
/// Goes from element to element. Where the file says how long it is, it ends at the first cluster; otherwise
/// it looks at the time of each block.
struct MatroskaWalker: MediaWalker {
    /// Elements that are looked at: ten hours of sound in blocks of 20 ms are two millions.
    static let mostElements = 8_000_000
    /// Bytes of an element's content that are looked at.
    private static let contentLength = 64

    private enum Step {
        case header
        case content(MatroskaElement, end: Int)
        case done
    }

    private var window = ForwardWindow(needed: 2)
    private var step = Step.header
    /// Those that are open, with where they end (nil: where the media ends), and whether that is told by
    /// themselves.
    private var containers: [(element: MatroskaElement, end: Int?, isSized: Bool)] = []
    private var elements = 0
    private var film = MatroskaFilm()

    init() {}

    static func recognises(_ start: [UInt8]) -> Bool { start.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) }

    var wanted: Range<Int>? {
        if case .done = step { return nil }
        return window.wanted
    }

    mutating func read(_ bytes: [UInt8]) {
        window.take(bytes)
        while window.isReady {
            switch step {
            case .header: readHeader()
            case .content(let element, let end): readContent(of: element, end: end)
            case .done: return
            }
        }
        if window.hasEnded { step = .done }
    }

    func facts(total: Int) -> MediaFacts { film.facts(total: total) }

    // MARK: - Elements

    private mutating func readHeader() {
        if let end = containers.last?.end, window.position >= end {
            containers.removeLast()
            return goOn(at: end)
        }
        // An id has 1 to 4 bytes and a size 1 to 8; the zeros in front of the highest bit tell how many.
        let idLength = UInt8(window.number(at: 0, size: 1)).leadingZeroBitCount + 1
        guard idLength <= 4 else { return skipContainer() }
        guard window.available > idLength else { return need(idLength + 1) }
        let sizeLength = UInt8(window.number(at: idLength, size: 1)).leadingZeroBitCount + 1
        guard sizeLength <= 8 else { return skipContainer() }
        let length = idLength + sizeLength
        guard window.available >= length else { return need(length) }
        elements += 1
        guard elements <= Self.mostElements else { return step = .done }
        let element = MatroskaElement(rawValue: UInt32(window.number(at: 0, size: idLength)))
        let values = UInt64(1) << UInt64(7 * sizeLength) - 1
        let size = window.number(at: idLength, size: sizeLength) & values
        // All ones: unknown.
        begin(element, at: window.position + length, size: size == values ? nil : size)
    }

    private mutating func begin(_ element: MatroskaElement?, at start: Int, size: UInt64?) {
        while let open = containers.last, !open.isSized, element?.ends(open.element) == true {
            containers.removeLast()
        }
        let outer = containers.last?.end
        let ownEnd = size.map { start + Int(min($0, UInt64(ForwardWindow.limit))) }
        let end = ownEnd.map { min($0, outer ?? $0) } ?? outer
        guard let element, element.parent == containers.last?.element else {
            // What isn't known and has no size can't be passed over.
            return size == nil ? skipContainer() : goOn(at: end ?? ForwardWindow.limit)
        }
        enter(element, at: start, end: end, isSized: size != nil)
    }

    private mutating func enter(_ element: MatroskaElement, at start: Int, end: Int?, isSized: Bool) {
        film.begin(element, at: start, end: end)
        if element == .cluster, film.isComplete { return step = .done }
        if element.isContainer {
            containers.append((element, end, isSized))
            goOn(at: start)
        } else if let end {
            step = .content(element, end: end)
            window.move(to: start, needed: min(end - start, Self.contentLength))
        } else {
            step = .done
        }
    }

    private mutating func readContent(of element: MatroskaElement, end: Int) {
        film.take(element, window.bytes(min(end - window.position, Self.contentLength)))
        goOn(at: end)
    }

    /// Nonsense: what comes behind the innermost element of known size may be sense again.
    private mutating func skipContainer() {
        while let last = containers.popLast() {
            if last.isSized, let end = last.end, end > window.position { return goOn(at: end) }
        }
        step = .done
    }

    private mutating func goOn(at offset: Int) {
        guard offset < ForwardWindow.limit else { return step = .done }
        step = .header
        window.move(to: offset, needed: 2)
    }

    private mutating func need(_ count: Int) {
        window.move(to: window.position, needed: count)
    }
}
