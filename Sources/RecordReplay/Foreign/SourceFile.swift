// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import YAMLReading

/// A file of another tool: its kind, which its content tells, and its exchanges.
struct SourceFile {
    let reader: any SourceReader
    /// The exchanges, not read yet.
    let nodes: [SourceNode]
    private let file: String
    private let text: [UInt8]

    /// How much is read: more is a mistake. In bytes, and exchanges.
    private static let limit = 512 * 1024 * 1024
    private static let mostExchanges = 100_000

    private static let kinds = """
        HAR 1.2 (“log” with “entries”), vcrpy (“interactions” with “uri”), Ruby VCR (“http_interactions”) and \
        google/test-server (“interactions” with “url”)
        """

    /// - Throws: why it can't be read.
    init(_ file: String) throws(RecordingProblems) {
        switch PlainFile.read(file, limit: SourceFile.limit) {
        case .success(let bytes): try self.init(bytes, file: file)
        case .failure(let failure):
            throw RecordingProblems(problems: [RecordingProblem(file: file, failure.reason)])
        }
    }

    init(_ bytes: [UInt8], file: String) throws(RecordingProblems) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        text = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
        self.file = file
        let root = try SourceFile.parse(text, file)
        guard let (reader, list) = SourceFile.kind(of: root) else {
            let isOurs = root["format"]?.text?.hasPrefix("gemini-mock/") ?? false
            let message =
                isOurs ? "is a recording already" : "is of no kind that is known: \(SourceFile.kinds)"
            throw RecordingProblems(problems: [RecordingProblem(file: file, message)])
        }
        self.reader = reader
        nodes = list.elements
        guard nodes.count <= SourceFile.mostExchanges else {
            let message = "has \(nodes.count) exchanges, the most is \(SourceFile.mostExchanges)"
            throw RecordingProblems(problems: [RecordingProblem(file: file, message)])
        }
    }

    private static func parse(_ text: [UInt8], _ file: String) throws(RecordingProblems) -> SourceNode {
        let first = text.first { $0 > 0x20 }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
            do {
                return .yaml(try YAMLTree.read(text))
            } catch {
                let place = RecordingProblem.Place(line: error.place.line, column: error.place.column)
                throw RecordingProblems(problems: [RecordingProblem(file: file, at: place, error.message)])
            }
        }
        do {
            return .json(try JSONDocument(parsing: text, grammar: .strict).root)
        } catch {
            let words = error.message.split(separator: "\n").first.map(String.init) ?? error.message
            throw RecordingProblems([(error.offset, "isn't JSON: \(words)", nil)], in: text, file: file)
        }
    }

    private static func kind(of root: SourceNode) -> (any SourceReader, SourceNode)? {
        if let entries = root["log"]?["entries"], entries.kind == .list { return (HARReader(), entries) }
        if let list = root["http_interactions"], list.kind == .list {
            return (CassetteReader(isSorted: false), list)
        }
        guard let list = root["interactions"], list.kind == .list else { return nil }
        let request = list.elements.first?["request"]
        if request?["uri"] != nil || list.elements.isEmpty && root["recordID"] == nil {
            let isYAML = if case .yaml = root { true } else { false }
            return (CassetteReader(isSorted: isYAML), list)
        }
        return request?["url"] != nil || list.elements.isEmpty ? (TestServerReader(), list) : nil
    }

    /// Those problems where they stand in the file.
    func problems(_ problems: [SourceProblem]) -> RecordingProblems {
        var places: TextPlaces?
        return RecordingProblems(
            problems: problems.map { problem in
                let place: RecordingProblem.Place
                switch problem.node {
                case .yaml(let node):
                    place = RecordingProblem.Place(line: node.place.line, column: node.place.column)
                case .json(let view):
                    let known = places ?? TextPlaces(text)
                    places = known
                    place = known.place(of: view.source.startIndex)
                }
                return RecordingProblem(file: file, at: place, problem.message)
            })
    }
}
