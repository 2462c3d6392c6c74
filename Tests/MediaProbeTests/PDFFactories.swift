// SPDX-License-Identifier: Apache-2.0

/// A file of these objects, with a root of the page tree if it tells a count.
func makePDF(_ objects: String, root: Int? = nil) -> [UInt8] {
    let tree = root.map { "2 0 obj\n<< /Type /Pages /Count \($0) /Kids [] >>\nendobj\n" } ?? ""
    let start = "%PDF-1.7\n%\u{E2}\u{E3}\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    return Array((start + tree + objects + "trailer\n<< /Size 9 /Root 1 0 R >>\n%%EOF\n").utf8)
}

func makePDF(pages: Int) -> [UInt8] { makePDF(makePages(pages), root: pages) }

/// The objects of so many pages, with the numbers from 10 on.
func makePages(_ count: Int) -> String {
    (10..<(10 + count)).map { "\($0) 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n" }.joined()
}

/// A stream that holds objects.
func makeObjectStream(_ data: [UInt8], filter: String = "/Filter/FlateDecode") -> [UInt8] {
    let head = "9 0 obj\n<</Type/ObjStm/N 3/First 16\(filter)/Length \(data.count)>>\nstream\r\n"
    return Array(head.utf8) + data + Array("\nendstream\nendobj\n".utf8)
}

/// zlib without compression: its header, and one block.
func makeStored(_ data: [UInt8]) -> [UInt8] {
    [0x78, 0x01, 0x01] + makeNumber(data.count, size: 2) + makeNumber(~data.count, size: 2) + data
}

/// zlib that becomes some hundred times as long: a zero, and then over and over "the same 258 times" (RFC
/// 1951, 3.2.6).
func makeBomb(matches: Int = 4_064) -> [UInt8] {
    // The last block, with the fixed code: 1, 01 from the lowest bit on. Codes go from their highest bit on.
    var bits = [1, 1, 0] + [0, 0, 1, 1, 0, 0, 0, 0]
    for _ in 0..<matches { bits += [1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0] }
    bits += [0, 0, 0, 0, 0, 0, 0]
    let bytes = stride(from: 0, to: bits.count, by: 8).map { start in
        bits[start...].prefix(8).reversed().reduce(UInt8(0)) { $0 << 1 | UInt8($1) }
            >> UInt8(0)
    }
    return [0x78, 0x01] + bytes
}
