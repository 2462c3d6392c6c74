// SPDX-License-Identifier: Apache-2.0

/// PDF (ISO 32000-1): how many pages. Reads the whole file, and keeps nothing of it.
struct PDFWalker: MediaWalker {
    private var scanner = PDFScanner()
    private var position = 0
    private var hasEnded = false

    init() {}

    /// The header may stand behind some rubbish (ISO 32000-1, annex H.3, note 13).
    static func recognises(_ start: [UInt8]) -> Bool {
        let tag = Array("%PDF-".utf8)
        return start.indices.contains { start[$0...].starts(with: tag) }
    }

    var wanted: Range<Int>? {
        guard !hasEnded, position < ForwardWindow.limit else { return nil }
        return position..<(position + ForwardWindow.largestRegion)
    }

    mutating func read(_ bytes: [UInt8]) {
        hasEnded = bytes.count < ForwardWindow.largestRegion
        position += bytes.count
        bytes.withUnsafeBufferPointer { scanner.scan($0) }
    }

    func facts(total: Int) -> MediaFacts {
        MediaFacts(mimeType: "application/pdf", pages: scanner.tree.pages(total: total))
    }
}
