// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A request and its answer in a page's wire log.
struct HTMLExchange {
    private let exchange: WireExchange
    private let number: Int
    private let mark: [UInt8]
    private let isFailing: Bool
    /// So much of a body is shown as text, and so many of its writes one by one.
    private static let mostBytes = 4096
    private static let mostWrites = 60

    /// - Parameters:
    ///   - number: from 1.
    ///   - mark: bytes of the answer that the case is about; nil where there are none.
    ///   - isFailing: whether a check that has failed names it.
    init(_ exchange: WireExchange, number: Int, mark: String?, isFailing: Bool) {
        (self.exchange, self.number, self.isFailing) = (exchange, number, isFailing)
        self.mark = Array((mark ?? "").utf8)
    }

    func add(to page: inout HTMLText) {
        page.add("<div class=\"exchange\(isFailing ? " failing" : "")\">\n")
        let told = isFailing ? " ▶ a check failed here" : ""
        page.element("h4", "Exchange \(number)\(told)")
        let request = exchange.request
        line(request.at, "→", "\(request.method) \(request.target)", to: &page)
        fields(request.fields, marking: [], to: &page)
        if request.length > 0 {
            line(
                request.whole, "→", "\(request.length) bytes", request.body, of: request.length, marking: [],
                to: &page)
        }
        guard let answer = exchange.answer else {
            line(request.whole, "→", "the request never came whole", to: &page)
            page.add("</div>\n")
            return
        }
        line(answer.at, "←", answer.status == 0 ? "closed without an answer" : "\(answer.status)", to: &page)
        fields(answer.fields, marking: mark, to: &page)
        writes(answer, to: &page)
        if let ended = answer.ended, let ending = answer.ending {
            line(ended, "←", WireText.words(ending), to: &page)
        } else {
            line(answer.at, "←", "it still goes on", to: &page)
        }
        hex(answer, to: &page)
        page.add("</div>\n")
    }

    private func line(_ at: Duration, _ arrow: String, _ text: String, to page: inout HTMLText) {
        line(at, arrow, text, [], of: 0, marking: [], to: &page)
    }

    private func line(
        _ at: Duration, _ arrow: String, _ text: String, _ bytes: [UInt8], of length: Int,
        marking mark: [UInt8], to page: inout HTMLText
    ) {
        page.add("<div class=\"line\">")
        page.element("span", "\(TimeText.number(at)) ms", "class=\"at\"")
        page.element("span", arrow, "class=\"arrow\"")
        page.add("<div>")
        page.element("span", text, "class=\"what\"")
        if !bytes.isEmpty { body(bytes, of: length, marking: mark, to: &page) }
        page.add("</div></div>\n")
    }

    private func fields(_ fields: [HTTPFields.Field], marking mark: [UInt8], to page: inout HTMLText) {
        guard !fields.isEmpty else { return }
        page.add("<pre class=\"fields\">")
        for field in fields {
            marked(Array("\(field.name): \(field.value)".utf8), mark, to: &page)
            page.add("\n")
        }
        page.add("</pre>\n")
    }

    private func writes(_ answer: WireExchange.Answer, to page: inout HTMLText) {
        guard answer.length > 0 else { return }
        guard answer.writes.count > 1 else {
            line(
                answer.at, "←", "\(answer.length) bytes", answer.body, of: answer.length, marking: mark,
                to: &page)
            return
        }
        var start = 0
        for write in answer.writes.prefix(HTMLExchange.mostWrites) {
            let end = min(answer.body.count, start + write.bytes)
            let piece = start < end ? Array(answer.body[start..<end]) : []
            line(write.at, "←", "\(write.bytes) bytes", piece, of: write.bytes, marking: mark, to: &page)
            start += write.bytes
        }
        let rest = answer.writes.count - HTMLExchange.mostWrites
        if rest > 0, let last = answer.writes.last {
            line(last.at, "←", "and \(rest) more writes", to: &page)
        }
    }

    private func body(_ bytes: [UInt8], of length: Int, marking mark: [UInt8], to page: inout HTMLText) {
        page.add("<pre>")
        marked(Array(bytes.prefix(HTMLExchange.mostBytes)), mark, to: &page)
        let left = length - min(bytes.count, HTMLExchange.mostBytes)
        if left > 0 { page.element("b", " … and \(left) bytes more") }
        page.add("</pre>")
    }

    /// Text with the bytes marked that the case is about.
    private func marked(_ bytes: [UInt8], _ mark: [UInt8], to page: inout HTMLText) {
        guard let range = HexDump.range(of: mark, in: bytes) else {
            return page.add(HTMLExchange.visible(bytes[...]))
        }
        page.add(HTMLExchange.visible(bytes[..<range.lowerBound]))
        page.add("<mark>\(HTMLExchange.visible(bytes[range]))</mark>")
        page.add(HTMLExchange.visible(bytes[range.upperBound...]))
    }

    /// Line ends are shown, and end lines, too.
    private static func visible(_ bytes: ArraySlice<UInt8>) -> String {
        // Not by characters: CR and LF are one of them.
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            line.split(separator: 0x0D, omittingEmptySubsequences: false)
                .map { MarkupText.escaped(String(decoding: $0, as: UTF8.self)) }
                .joined(separator: "<i>CR</i>")
        }
        return lines.joined(separator: "<i>LF</i>\n")
    }

    /// The bytes that the case is about, or, where the answer was broken off, the place.
    private func hex(_ answer: WireExchange.Answer, to page: inout HTMLText) {
        let marked: Range<Int>
        if let found = HexDump.range(of: mark, in: answer.body) {
            marked = found
        } else if answer.ending == .broken, answer.body.count == answer.length, !answer.body.isEmpty {
            marked = answer.body.count..<answer.body.count
        } else {
            return
        }
        let isPlace = marked.isEmpty
        page.add("<details open><summary>")
        page.add(isPlace ? "The last bytes before it broke off" : "The bytes that it is about")
        page.add(", from byte \(marked.lowerBound) of the answer</summary>\n<pre class=\"hex\">")
        for line in HexDump.lines(answer.body, marked: marked) {
            page.add("\(line.offset)  ")
            var letters = ""
            for (place, byte) in line.bytes.enumerated() {
                page.add(byte.isMarked ? "<mark>\(byte.hex)</mark>" : byte.hex)
                page.add(place % 8 == 7 ? "  " : " ")
                let letter = MarkupText.escaped(byte.letter)
                letters += byte.isMarked ? "<mark>\(letter)</mark>" : letter
            }
            let missing = HexDump.width - line.bytes.count
            page.add(String(repeating: " ", count: missing * 3 + (missing >= 8 ? 2 : missing > 0 ? 1 : 0)))
            page.add("\(letters)\n")
        }
        page.add("</pre></details>\n")
    }
}
