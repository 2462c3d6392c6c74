// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MediaProbe

final class PDFTests: XCTestCase {
    // MARK: - Plain objects

    func test_pdf_countsPages() {
        for pages in [1, 2, 17, 1_000] {
            XCTAssertEqual(
                self.pages(of: makePDF(pages: pages), cuts: pages < 100 ? [1, 13] : [9_999]), pages)
        }
    }

    func test_pdf_countsPages_howeverTheyAreWritten() {
        for type in [
            "/Type/Page", "/Type /Page", "/Type\r\n\t/Page", "/Type \0\u{C} /Page",
            "/Contents 9 0 R/Type/Page/Rotate 0",
            "/Type" + String(repeating: " ", count: 300) + "/Page",
        ] {
            let objects = (3..<5).map { "\($0) 0 obj\n<<\(type)>>\nendobj\n" }.joined()
            XCTAssertEqual(pages(of: makePDF(objects)), 2, type)
        }
    }

    func test_pdf_countsNothingElse() {
        for other in [
            "<</Type/Pages/Parent 9 0 R/Count 1>>", "<</Type/PageLabel>>", "<</Type/Pag>>", "<</Typ/Page>>",
            "<</Types/Page>>", "/Page", "<</Type/Outlines/Count 40>>",
        ] {
            XCTAssertEqual(pages(of: makePDF(makePages(2) + "20 0 obj \(other) endobj ")), 2, other)
        }
    }

    func test_pdf_countsPages_inNoStream() {
        let stream = "9 0 obj <</Length 99>> stream\n8 0 obj <</Type/Page>> endobj endstreendstream endobj "
        XCTAssertEqual(pages(of: makePDF(makePages(2) + stream + "30 0 obj <</Type/Page>> endobj ")), 3)
        XCTAssertEqual(
            pages(of: makePDF("9 0 obj (a stream of) endobj " + makePages(2))), 2, "no dictionary before")
    }

    // MARK: - Changed files

    func test_pdf_countsPageOnce_whenItIsWrittenAgain() {
        XCTAssertEqual(pages(of: makePDF(makePages(4) + makePages(3))), 4)
    }

    func test_pdf_believesNewestRoot_whenPagesWereDeleted() {
        let root = "2 0 obj <</Type/Pages/Count 3/Kids[]>> endobj "
        XCTAssertEqual(pages(of: makePDF(makePages(4) + root)), 3)
        let branch = "9 0 obj <</Type/Pages/Parent 2 0 R/Count 1>> endobj "
        XCTAssertEqual(pages(of: makePDF(makePages(4) + root + branch)), 3, "a branch")
        let indirect = "2 0 obj <</Type/Pages/Count 8 0 R>> endobj "
        XCTAssertEqual(pages(of: makePDF(makePages(4) + indirect)), 4, "a reference")
    }

    func test_pdf_countsPagesThatAreThere_whenFileIsCut() {
        let file = makePDF(makePages(2) + makePages(9), root: 9)
        XCTAssertEqual(pages(of: Array(file.dropLast(60))), 8)
    }

    func test_pdf_hasNoPages_whenRootSaysSo() {
        XCTAssertEqual(pages(of: makePDF("", root: 0)), 0)
    }

    // MARK: - Objects in streams

    func test_pdf_countsPages_inStreamsOfObjects() {
        let objects = "3 0 4 20 5 40 <</Type/Page /A(<<)>> <</Type/Page/B<ABC>/C<</D()>>>> <</Type/Catalog>>"
        let plain = makeObjectStream(Array(objects.utf8), filter: "")
        let stored = makeObjectStream(makeStored(Array(objects.utf8)))
        for stream in [plain, stored] {
            XCTAssertEqual(pages(of: makePDF("") + stream), 2)
            XCTAssertEqual(
                pages(of: makePDF(makePages(1)) + stream + stream), 5, "these have no numbers to tell")
            XCTAssertEqual(pages(of: makePDF("", root: 1) + stream), 1)
        }
        let tree = Array("9 0 <</Type/Pages/Count 2>> <</Type/Page>> <</Type/Page>> <</Type/Page>>".utf8)
        XCTAssertEqual(pages(of: makePDF("") + makeObjectStream(makeStored(tree))), 2)
    }

    func test_pdf_believesCounts_whenStreamsAreUnreadable() {
        let unreadable = makeObjectStream([1, 2, 3, 4])
        let linearized = "1 0 obj <</Linearized 1/L 9999/O 5/N 12/T 99>> endobj "
        for (text, pages) in [
            ("2 0 obj <</Type/Pages/Count 7>> endobj " + linearized, 7), (linearized, 12),
            (linearized + makePages(1), 12), ("2 0 obj <</Count 5>> endobj 3 0 obj <</Count 6>> endobj ", 6),
            ("2 0 obj <</Type/Pages/Parent 1 0 R/Count 4>> endobj 3 0 obj <</Count 6>> endobj ", 4), ("", 1),
            ("2 0 obj <</Count -5>> endobj ", 1), ("2 0 obj <</Type/Pages/Count 99999999>> endobj", 1),
        ] {
            for filter in ["/Filter/FlateDecode", "/Filter/LZWDecode"] {
                let stream = makeObjectStream([1, 2, 3, 4], filter: filter)
                let isText = filter.contains("LZW")
                XCTAssertEqual(self.pages(of: makePDF(text) + (isText ? unreadable : stream)), pages, text)
            }
        }
    }

    func test_pdf_hasOnePage_whenNothingTellsOfAny() {
        XCTAssertEqual(pages(of: Array("%PDF-1.7\n".utf8)), 1)
        XCTAssertEqual(pages(of: Array("%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj".utf8)), 1)
    }

    // MARK: - Hostile files

    func test_pdf_isRecognised_behindRubbish() {
        XCTAssertTrue(PDFWalker.recognises(Array("%PDF-1.4".utf8)))
        XCTAssertTrue(PDFWalker.recognises(Array("\u{FEFF}\n%PDF-2.0".utf8)))
        XCTAssertFalse(PDFWalker.recognises(Array("PDF-1.4 %PDF".utf8)))
        XCTAssertFalse(PDFWalker.recognises([]))
    }

    func test_pdf_doesNotOverflow_onLongNumbersAndNames() {
        let long = String(repeating: "9", count: 5_000)
        let text = "\(long) \(long) obj <</Type/Pages/Count \(long)/\(long)/Type/Page>> endobj "
        XCTAssertEqual(pages(of: makePDF(text + makePages(3))), 3)
    }

    func test_pdf_inflatesNoMore_thanIsUseful() {
        // 1 MB of zeros in 1 KB, many times over.
        let bomb = makeObjectStream(makeBomb())
        let start = ContinuousClock.now
        let file = makePDF(makePages(3)) + Array(repeatElement(bomb, count: 40).joined())
        XCTAssertEqual(pages(of: file, cuts: []), 3)
        XCTAssertLessThan(ContinuousClock.now - start, .seconds(30), "debug build")
    }

    /// 300 files of 1 KB that would each become 1 MB: what comes out is bound to what went in.
    func test_pdf_inflatesNoMore_thanFitsItsSize() {
        let file = makePDF(makePages(3)) + makeObjectStream(makeBomb())
        let start = ContinuousClock.now
        for _ in 0..<300 { XCTAssertEqual(pages(of: file, cuts: []), 3) }
        XCTAssertLessThan(ContinuousClock.now - start, .seconds(15), "debug build")
    }

    private func pages(of file: [UInt8], cuts: [Int] = [1, 13]) -> Int? {
        let facts = makeFacts(PDFWalker(), file)
        for cut in cuts { XCTAssertEqual(makeFacts(PDFWalker(), arriving: file, cut: cut), facts) }
        XCTAssertEqual(facts.mimeType, "application/pdf")
        return facts.pages
    }
}
