// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class FileIndexTests: XCTestCase {
    private func make(_ count: Int, owners: Int = 1, mostShelves: Int = 10) -> FileIndex {
        var index = FileIndex(mostShelves: mostShelves)
        for number in 0..<count {
            index.insert(
                makeStoredFile("f\(number)", size: 2, expires: Int64(number)), owner: "o\(number % owners)",
                content: nil)
        }
        return index
    }

    private func ids(_ index: FileIndex, _ owner: String = "o0", size: Int = 1000) -> [String] {
        index.page(of: owner, before: nil, size: size).files.map(\.id)
    }

    func test_pages_goFromNewestToOldest() {
        for count in [0, 1, 2, 3, 4, 7] {
            for size in 1...8 {
                let index = make(count)
                var (found, before, pages): ([String], Int?, Int) = ([], nil, 0)
                repeat {
                    let page = index.page(of: "o0", before: before, size: size)
                    found += page.files.map(\.id)
                    before = page.next
                    pages += 1
                } while before != nil && pages < 10
                XCTAssertEqual(found, (0..<count).reversed().map { "f\($0)" })
                XCTAssertEqual(pages, max(1, (count + size - 1) / size), "no empty page at the end")
            }
        }
    }

    func test_pages_goOn_whenFilesWereRemovedOrAddedBetween() {
        for gone in [[], ["f3"], ["f2"], ["f4", "f3", "f2"], ["f0"], ["f0", "f1", "f2"]] {
            var index = make(5)
            let first = index.page(of: "o0", before: nil, size: 2)
            XCTAssertEqual(first.files.map(\.id), ["f4", "f3"])
            for id in gone { index.remove(id, of: "o0") }
            index.insert(makeStoredFile("later"), owner: "o0", content: nil)
            let rest = index.page(of: "o0", before: first.next, size: 10).files.map(\.id)
            XCTAssertEqual(rest, ["f2", "f1", "f0"].filter { !gone.contains($0) })
        }
        for before in [Int.min, -1, 0, 1] {
            XCTAssertEqual(make(5).page(of: "o0", before: before, size: 2).files.map(\.id), [])
        }
        XCTAssertEqual(make(5).page(of: "o0", before: .max, size: 9).files.count, 5)
        XCTAssertEqual(make(5).page(of: "nobody", before: nil, size: 9).files.count, 0)
    }

    func test_sweep_removesWhatHasExpired_ofAllOwners() {
        var index = make(10, owners: 3)
        XCTAssertFalse(index.hasExpired(at: -1))
        XCTAssertTrue(index.hasExpired(at: 0))
        _ = index.sweep(5)
        XCTAssertEqual(index.count, 4)
        XCTAssertEqual(ids(index, "o0"), ["f9", "f6"])
        XCTAssertEqual(ids(index, "o1"), ["f7"])
        XCTAssertEqual(index.bytes(of: "o0"), 4)
        XCTAssertFalse(index.hasExpired(at: 5))
        _ = index.sweep(.max)
        XCTAssertEqual(index.count, 0)
        XCTAssertFalse(index.hasExpired(at: .max))
    }

    func test_sweep_keepsToTheTimes_notToTheOrderOfArrival() {
        var index = FileIndex(mostShelves: 10)
        for (id, time) in [("a", 30), ("b", 10), ("c", 20), ("d", 10)] as [(String, Int64)] {
            index.insert(makeStoredFile(id, expires: time), owner: "o0", content: nil)
        }
        index.remove("d", of: "o0")
        _ = index.sweep(10)
        XCTAssertEqual(ids(index), ["c", "a"])
        _ = index.sweep(29)
        XCTAssertEqual(ids(index), ["a"])
    }

    func test_poll_movesTheTimeOfWhatExpiresByIt() {
        var index = make(2)
        let fate = FileFate(processing: .polls(2), end: .expired)
        index.insert(makeStoredFile("x", size: 2, expires: 100, fate: fate), owner: "o0", content: nil)
        index.insert(makeStoredFile("late", size: 2, expires: 200), owner: "o0", content: nil)
        index.poll("x", of: "o0", at: 50)
        index.poll("f1", of: "o0", at: 50)
        index.poll("none", of: "o0", at: 50)
        _ = index.sweep(60)
        XCTAssertEqual(ids(index), ["late", "x"])
        index.poll("x", of: "o0", at: 60)
        XCTAssertTrue(index.hasExpired(at: 60))
        _ = index.sweep(60)
        XCTAssertEqual(ids(index), ["late"])
        XCTAssertEqual(index.bytes(of: "o0"), 2)
        _ = index.sweep(200)
        XCTAssertEqual(index.count, 0)
    }

    func test_remove_takesOneAway() {
        var index = make(3)
        index.remove("f1", of: "o0")
        index.remove("f1", of: "o0")
        XCTAssertEqual(ids(index), ["f2", "f0"])
        XCTAssertEqual(index.bytes(of: "o0"), 4)
        XCTAssertNil(index["f1", "o0"])
        XCTAssertEqual(index["f2", "o0"]?.owner, "o0")
    }

    func test_ids_areTheirOwners() {
        var index = FileIndex(mostShelves: 10)
        for (owner, size) in [("one", 1), ("two", 2)] {
            XCTAssertEqual(index.isHeld("x"), owner == "two")
            index.insert(makeStoredFile("x", size: size, expires: Int64(size)), owner: owner, content: nil)
        }
        XCTAssertEqual(["one", "two"].map { index["x", $0]?.file.sizeBytes }, [1, 2])
        XCTAssertNil(index["x", "three"])
        index.remove("x", of: "three")
        _ = index.sweep(1)
        XCTAssertNil(index["x", "one"])
        XCTAssertTrue(index.isHeld("x"))
        index.remove("x", of: "two")
        XCTAssertFalse(index.isHeld("x"))
        XCTAssertEqual(index.count, 0)
    }

    /// Moving each out of its owner's list alone would be quadratic, with the lock held.
    func test_manyThatExpireAtOnce_costOnePass() {
        var index = make(100_000)
        _ = index.sweep(.max)
        XCTAssertEqual(index.count, 0)
        XCTAssertEqual(ids(index), [])
    }

    func test_ownersWithoutFiles_areForgotten_whenThereAreMany() {
        func makeID(_ index: inout FileIndex, _ owner: String) -> String { index.makeID(for: owner, seed: 1) }
        for (mostShelves, isSame) in [(10, false), (0, true)] {
            var index = FileIndex(mostShelves: mostShelves)
            let first = makeID(&index, "o")
            index.insert(makeStoredFile(first), owner: "o", content: nil)
            index.remove(first, of: "o")
            XCTAssertEqual(makeID(&index, "o") == first, isSame)
        }
    }
}
