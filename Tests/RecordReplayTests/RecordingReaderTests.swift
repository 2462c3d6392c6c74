// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import RecordReplay

final class RecordingReaderTests: XCTestCase {
    private func problems(_ text: String) throws -> [String] {
        let folder = Samples.folder(self)
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.mainPath))
        do {
            _ = try folder.read()
            return []
        } catch {
            return error.problems.map {
                $0.description.replacingOccurrences(of: folder.mainPath, with: "f")
            }
        }
    }

    private func problems(body: String) throws -> [String] {
        let text = """
            {"format": "gemini-mock/recording/1", "exchanges": [{"request": {"method": "GET", "target": "/"}, "answer": {"status": 200, "body":
            \(body)}}]}
            """
        return try problems(text).map { $0.replacingOccurrences(of: "f:2:", with: "") }
    }

    func test_allProblemsAreTold_withTheirPlaces() throws {
        let text = """
            {
              "format": "gemini-mock/recording/1",
              "matchin": {},
              "made": 3,
              "exchanges": [
                {"request": {"method": "GET", "target": "x"}, "answer": {"status": 20, "framing": "chunk"}},
                {"request": {"method": "GET"}, "answer": {"status": 200, "headers": ["a", "b: c"], "at": "x"}},
                []
              ]
            }
            """
        XCTAssertEqual(
            try problems(text),
            [
                "f:3:3: a recording has no “matchin” (did you mean matching?)",
                "f:4:11: “made” must be a text, found the number 3",
                "f:6:45: a target begins with “/”: path and query, without scheme and host",
                "f:6:72: “status” must be that of an answer, 200 to 599, found 20",
                "f:6:87: “framing” must be one of length, chunked, close, found “chunk” (did you mean chunked?)",
                "f:7:17: a request needs “target”",
                "f:7:74: a header must be “Name: value”, or a list of both, found a text",
                "f:7:94: “at” must be milliseconds, 0 or more, with three decimals at most, found a text",
                "f:8:5: an exchange must be an object, found a list",
            ])
    }

    private func problems(request: String, answer: String) throws -> [String] {
        try problems(
            """
            {"format": "gemini-mock/recording/1", "exchanges": [{"request":
            \(request), "answer":
            \(answer)}]}
            """)
    }

    private let token = "letters, digits and !#$%&'*+-.^_`|~"

    func test_whatCantBeReplayed_isTold_withWhatIsAllowed() throws {
        let request = #"{"method": "GET", "target": "/"}"#
        for status in [0, 101, 199, 600, 999] {
            XCTAssertEqual(
                try problems(request: request, answer: "{\"status\": \(status)}"),
                ["f:3:12: “status” must be that of an answer, 200 to 599, found \(status)"])
        }
        for status in [200, 599] {
            XCTAssertEqual(try problems(request: request, answer: "{\"status\": \(status)}"), [])
        }
        for (method, found) in ["": "nothing", "G T": "“G T”", "ü": "“ü”", "A:": "“A:”"] {
            XCTAssertEqual(
                try problems(
                    request: #"{"method": "\#(method)", "target": "/"}"#, answer: #"{"status": 200}"#),
                ["f:2:12: “method” must be a token (\(token)), found \(found)"])
        }
        let times = [
            #""at": -1"#: "7: “at”", #""writes": [[-0.5, 3]]"#: "13: when a write came",
            #""body": {"events": [{"at": -1, "data": 1}]}"#: "28: “at”",
            #""body": {"events": [{"at": 0, "cuts": [[1, -2]], "data": 1}]}"#: "44: when it came",
        ]
        for (member, start) in times {
            let found = try problems(request: request, answer: "{\"status\": 200,\n\(member)}")
            XCTAssertEqual(found.count, 1, member)
            XCTAssertTrue(
                found[0].hasPrefix(
                    "f:4:\(start) must be milliseconds, 0 or more, with three decimals at most, found the number -"
                ),
                found[0])
        }
    }

    func test_headersThatCantBeSent_areTold_eachTimeTheyStandThere() throws {
        let wrong = [
            #""a b: c""#: "the name of a header must be a token (\(token)), found “a b”",
            #"": c""#: "the name of a header must be a token (\(token)), found nothing",
            #"["a:", "b"]"#: "the name of a header must be a token (\(token)), found “a:”",
            #""A: b\r\nC: d""#: "the value of A may have no CR, LF or NUL",
            #""A: \n""#: "the value of A may have no CR, LF or NUL",
            #"["A", "\u0000"]"#: "the value of A may have no CR, LF or NUL",
        ]
        for (header, problem) in wrong {
            let headers = "[\(header), \n\(header)]"
            XCTAssertEqual(
                try problems(
                    request: #"{"method": "GET", "target": "/", "headers": \#(headers)}"#,
                    answer: "{\"status\": 200, \"headers\":\n\(headers)}"),
                ["f:2:46: ", "f:3:1: ", "f:5:2: ", "f:6:1: "].map { $0 + problem })
        }
        XCTAssertEqual(
            try problems(
                request:
                    #"{"method": "M-SEARCH", "target": "/", "headers": ["!#$%&'*+-.^_`|~09azAZ: \t\u0001ü:"]}"#,
                answer: #"{"status": 200, "headers": [["A", ""], "B: "]}"#), [])
    }

    /// So long that several threads read it.
    private func long(_ count: Int, wrong: Set<Int>) -> String {
        let exchanges = (0..<count).map { number in
            let status = wrong.contains(number) ? "1" : "200"
            return
                #"{"request": {"method": "GET", "target": "/\#(number)", "headers": ["A: b", "N: \#(number % 7)"]}, "#
                + #""answer": {"status": \#(status), "headers": ["A: b", "C: \#(number)"], "#
                + #""body": {"text": ["{\n", "\#(number)"]}}}"#
        }
        return #"{"format": "gemini-mock/recording/1", "exchanges": ["#
            + "\n\(exchanges.joined(separator: ",\n"))]}"
    }

    func test_aLongRecording_isReadInItsOrder() throws {
        let count = 8 * ParallelParts.leastLength + 3
        let folder = Samples.folder(self)
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        try Data(long(count, wrong: []).utf8).write(to: URL(fileURLWithPath: folder.mainPath))
        let exchanges = try folder.read().exchanges
        XCTAssertEqual(exchanges.map(\.request.target), (0..<count).map { "/\($0)" })
        for (number, exchange) in exchanges.enumerated() {
            XCTAssertEqual(exchange.request.fields.map(\.value), ["b", "\(number % 7)"])
            XCTAssertEqual(exchange.answer.fields.map(\.name), ["A", "C"])
            XCTAssertEqual(exchange.answer.fields.map(\.value), ["b", "\(number)"])
            XCTAssertEqual(exchange.answer.body.bytes, Array("{\n\(number)".utf8))
        }
    }

    func test_problemsOfALongRecording_areToldInItsOrder_upToALimit() throws {
        let count = 8 * ParallelParts.leastLength
        let some: Set = [0, 5, 700, 1500, count - 1]
        XCTAssertEqual(
            try problems(long(count, wrong: some)).map { $0.split(separator: ":")[1] },
            some.sorted().map { "\($0 + 2)" })
        let many = try problems(long(count, wrong: Set(0..<count)))
        XCTAssertEqual(
            many.map { $0.split(separator: ":")[1] },
            (0..<RecordingReader.mostProblems).map { "\($0 + 2)" })
    }

    func test_whatIsNoJSON_isToldWithItsPlace() throws {
        XCTAssertEqual(
            try problems("{\n  \"a\" 1}"), ["f:2:7: isn't JSON: Expected : between key:value pair."])
        XCTAssertEqual(
            try problems(#"{"format": "gemini-mock/recording/2", "exchanges": []}"#),
            ["f:1:12: the format isn't one that is known (did you mean gemini-mock/recording/1?)"])
        XCTAssertEqual(try problems("{}").count, 2)
    }

    func test_bodiesThatAreNone_areTold() throws {
        let hash = String(repeating: "a", count: 64)
        let wrong = [
            "{}": "1: a body needs one of json, text, base64, file, leftOut, events, elements, found 0",
            #"{"json": 1, "text": ""}"#:
                "1: a body needs one of json, text, base64, file, leftOut, events, elements, found 2",
            #"{"layout": "python", "json": 1}"#: "12: “python” is no layout",
            #"{"layout": "indent2", "json": 1}"#: "12: “indent2” is no layout (did you mean indent-2?)",
            #"{"base64": "a b!"}"#: "12: isn't base64",
            #"{"file": "../x.json"}"#: "10: a file must be bodies/SHA256.EXTENSION, found “../x.json”",
            "{\"file\": \"bodies/\(hash).json\"}": "10: bodies/\(hash).json: No such file or directory",
            #"{"text": "", "lines": "lf"}"#: "23: “lines” says nothing beside “text”",
            #"{"leftOut": {"length": 3, "sha256": "A"}}"#: "37: “sha256” must be 64 hex digits in lower case",
            #"{"events": [{"data": 1, "data": 2}]}"#: "25: “data” is told twice",
            #"{"events": [{"data": 1, "raw": "x"}]}"#: "25: raw bytes stand alone in an event",
            #"{"events": [{"at": 1}]}"#: "13: an event needs a content",
            #"{"events": [{"data": 1}, {"at": 1, "data": 2}]}"#:
                "12: either the first has “at”, or none has times",
            #"{"events": [{"at": 1, "cuts": [[99, 2]], "data": 1}]}"#:
                "33: a cut must be behind the one before, and within the 11 bytes",
        ]
        for (body, problem) in wrong { XCTAssertEqual(try problems(body: body), [problem], body) }
    }

    func test_aFileFullOfMistakes_tellsAHundred() throws {
        let text =
            #"{"format": "gemini-mock/recording/1", "exchanges": ["#
            + Array(repeating: "1", count: 5000).joined(separator: ",") + "]}"
        XCTAssertEqual(try problems(text).count, 100)
    }

    func test_cutOffAnywhere_noTextDoesHarm() throws {
        let folder = Samples.folder(self)
        var dice = Dice(7)
        try folder.write(Recording(name: "n", exchanges: (0..<4).map { _ in dice.exchange() }))
        let text = try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.mainPath)))
        for _ in 0..<300 {
            var broken = text
            let at = dice.below(broken.count)
            if dice.isOneIn(2) { broken.removeSubrange(at...) } else { broken[at] = UInt8(dice.below(128)) }
            try Data(broken).write(to: URL(fileURLWithPath: folder.mainPath))
            _ = try? folder.read()
        }
    }

    func test_thePublishedSchema_hasTheSameNames() throws {
        let schema = try publishedSchema()
        for (name, form) in RecordingReader.forms {
            let part = name.isEmpty ? schema : schema["$defs"]?[name]
            guard case .object(let members) = part?["properties"] else { return XCTFail(name) }
            XCTAssertEqual(Set(members.map(\.name)), Set(form.names.map(\.description)), name)
            var required: [String] = []
            if case .array(let words) = part?["required"] {
                required = words.compactMap { if case .string(let word) = $0 { word } else { nil } }
            }
            XCTAssertEqual(Set(required), Set(form.names.prefix(form.requiredCount).map(\.description)), name)
        }
        guard case .array(let layouts) = schema["$defs"]?["layout"]?["enum"] else { return XCTFail() }
        XCTAssertEqual(layouts.count, 3 * JSONLayout.names.count)
        for layout in layouts {
            guard case .string(let name) = layout else { return XCTFail() }
            XCTAssertEqual(JSONLayout(named: name)?.name, name)
        }
    }

    func test_thePublishedSchema_allowsWhatCanBeReplayed() throws {
        let schema = try publishedSchema()
        let status = schema["$defs"]?["answer"]?["properties"]?["status"]
        XCTAssertEqual(status?["minimum"], .int(RecordedAnswer.statuses.lowerBound))
        XCTAssertEqual(status?["maximum"], .int(RecordedAnswer.statuses.upperBound))
        XCTAssertEqual(schema["$defs"]?["milliseconds"]?["minimum"], .int(0))
        let forms = schema["$defs"]?["headers"]?["items"]?["anyOf"]
        guard case .array(let forms) = forms, case .string(let line) = forms[0]["pattern"],
            case .string(let ends) = forms[0]["not"]?["pattern"],
            case .string(let others) = schema["$defs"]?["token"]?["not"]?["pattern"]
        else { return XCTFail("\(schema)") }
        for byte in 0..<0x80 as Range<UInt8> {
            let text = String(UnicodeScalar(byte))
            XCTAssertNotEqual(try matches(text, others), HTTPFields.isToken(byte), "\(byte)")
            XCTAssertEqual(try matches(text + ": ", line), HTTPFields.isToken(byte), "\(byte)")
            XCTAssertEqual(try matches(text, ends), HTTPFields.endsLine(byte), "\(byte)")
        }
    }

    private func matches(_ text: String, _ pattern: String) throws -> Bool {
        try NSRegularExpression(pattern: pattern).firstMatch(
            in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }

    private func publishedSchema() throws -> JSON {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Recordings/recording.schema.json")
        return JSON(try JSONDocument(parsing: Array(try Data(contentsOf: file)), grammar: .strict).root)
    }

    func test_theReadmesExample_isAGoodOne_andAsItIsWritten() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Recordings/README.md")
        let readme = try String(contentsOf: file, encoding: .utf8)
        let example = try XCTUnwrap(
            readme.components(separatedBy: "```json\n").last?.components(separatedBy: "```").first)
        XCTAssertEqual(try problems(example), [])
        let document = try JSONDocument(parsing: Array(example.utf8), grammar: .strict)
        let recording = document.root.withNodes { nodes, at in
            RecordingReader(nodes, source: { _ in .success([]) }).recording(at, named: "")
        }
        let files = RecordingFormat.files(of: try XCTUnwrap(recording))
        XCTAssertEqual(String(decoding: files.main, as: UTF8.self), example)
    }
}
