// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiService

final class FileCourseTests: XCTestCase {
    private let second: Int64 = 1_000_000_000

    private func make(_ fate: FileFate?, isFilm: Bool = false) -> FileCourse {
        FileCourse(fate, isFilm: isFilm, created: 0)
    }

    func test_withoutAFate_onlyFilmsTakeTime() {
        XCTAssertEqual(make(nil).state(at: 0), .active)
        XCTAssertEqual(make(nil, isFilm: true).state(at: 2 * second - 1), .processing)
        XCTAssertEqual(make(nil, isFilm: true).state(at: 2 * second), .active)
    }

    func test_fateWithoutProcessing_isItsEndAtOnce_ofFilmsToo() {
        for isFilm in [false, true] {
            XCTAssertEqual(make(FileFate(), isFilm: isFilm).state(at: 0), .active)
            XCTAssertEqual(make(FileFate(end: .failed), isFilm: isFilm).state(at: 0), .failed)
            XCTAssertEqual(make(FileFate(end: .expired), isFilm: isFilm).expires, 0)
            XCTAssertNil(make(FileFate(end: .failed), isFilm: isFilm).expires)
        }
    }

    func test_time_isTheClocks_howeverOftenOneAsks() {
        for (end, state) in [(FileFate.End.active, FileState.active), (.failed, .failed)] {
            var course = make(FileFate(processing: .time(.seconds(5)), end: end), isFilm: true)
            for _ in 0..<10 { course.poll(at: 4) }
            XCTAssertEqual(course.state(at: 5 * second - 1), .processing)
            XCTAssertEqual(course.state(at: 5 * second), state)
            XCTAssertEqual(course.ready, 5 * second)
        }
        XCTAssertEqual(
            make(FileFate(processing: .time(.seconds(5)), end: .expired)).expires, 5 * second)
    }

    func test_time_isBounded() {
        for (time, ready) in [
            (Duration.seconds(Int64.max), FileStore.lifetime), (.seconds(-5), 0),
            (.milliseconds(1500), 1_500_000_000),
        ] {
            XCTAssertEqual(make(FileFate(processing: .time(time))).ready, ready)
        }
    }

    func test_polls_areCounted_whateverTheTime() {
        for (end, state) in [(FileFate.End.active, FileState.active), (.failed, .failed)] {
            var course = make(FileFate(processing: .polls(3), end: end))
            for now in 1...3 {
                XCTAssertEqual(course.state(at: .max), .processing)
                course.poll(at: Int64(now))
            }
            XCTAssertEqual(course.state(at: 3), state)
            XCTAssertEqual(course.ready, 3)
            course.poll(at: 9)
            XCTAssertEqual(course.ready, 3, "it was ready before")
        }
        XCTAssertEqual(make(FileFate(processing: .polls(0))).state(at: 0), .active)
        XCTAssertEqual(make(FileFate(processing: .polls(-1))).state(at: 0), .active)
    }

    func test_polls_untilItExpires() {
        var course = make(FileFate(processing: .polls(1), end: .expired))
        XCTAssertNil(course.expires)
        course.poll(at: 7)
        XCTAssertEqual(course.expires, 7)
    }
}
