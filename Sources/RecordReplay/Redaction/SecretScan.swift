// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Looks for what looks like a credential: in any file by its text, in recordings also by what their exchanges mean.
public struct SecretScan: Sendable {
    /// Something that looks like a credential.
    public struct Finding: Sendable, Hashable, CustomStringConvertible {
        public let file: String
        /// Both from 1; a column is a Unicode scalar.
        public let line: Int
        public let column: Int
        /// What it looks like, for people.
        public let kind: String
        /// Its first characters: four at most, and never more than a quarter of it.
        public let beginning: String

        /// `file:line:column: kind, ABCD…`
        public var description: String {
            "\(file):\(line):\(column): \(kind)\(beginning.isEmpty ? "" : ", \(beginning)…")"
        }
    }

    public private(set) var findings: [Finding] = []
    /// `path: reason`, one each.
    public private(set) var unreadable: [String] = []
    /// How many files were read.
    public private(set) var fileCount = 0
    private let redaction: Redaction

    /// In bytes. What is larger is told to be unreadable.
    private static let fileLimit = 1024 * 1024 * 1024
    private static let mostFindings = 10_000

    /// - Parameters:
    ///   - paths: files and folders; folders are gone through, but for hidden ones in them. Links in them aren't followed.
    ///   - redaction: what recordings must be redacted by.
    public init(paths: [String], redaction: Redaction = Redaction()) {
        self.redaction = redaction
        for path in paths { scan(path, isGiven: true) }
    }

    private mutating func scan(_ path: String, isGiven: Bool) {
        guard findings.count < SecretScan.mostFindings else { return }
        var status = stat()
        guard (isGiven ? stat(path, &status) : lstat(path, &status)) == 0 else {
            unreadable.append("\(path): \(String(cString: strerror(errno)))")
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
            for name in PlainFile.names(in: folder) where !name.hasPrefix(".") {
                scan(folder == "/" ? "/\(name)" : "\(folder)/\(name)", isGiven: false)
            }
        case S_IFREG: scan(file: path)
        default: if isGiven { unreadable.append("\(path): is no file") }
        }
    }

    private mutating func scan(file: String) {
        switch PlainFile.read(file, limit: SecretScan.fileLimit) {
        case .failure(let failure): unreadable.append("\(file): \(failure.reason)")
        case .success(let text):
            fileCount += 1
            var found = SecretScan.findings(in: text, file: file)
            if file == RecordingFormat.fileName || file.hasSuffix("/\(RecordingFormat.fileName)") {
                found += findings(inRecording: file, besides: Set(found.map(\.line)))
                found.sort { ($0.line, $0.column) < ($1.line, $1.column) }
            }
            findings += found
        }
    }

    static func findings(in text: [UInt8], file: String) -> [Finding] {
        let places = Redactor().places(in: text).filter { !Placeholder.isOne(text[$0]) }
        guard !places.isEmpty else { return [] }
        let lines = TextPlaces(text)
        return places.map { range in
            let place = lines.place(of: range.lowerBound)
            return Finding(
                file: file, line: place.line, column: place.column,
                kind: SecretKind.name(of: range, in: text),
                beginning: RedactionPass.beginning(text[range]))
        }
    }

    /// Tells what redaction would take out of a recording and what its text alone doesn't show: in compressed bodies and those
    /// that stand beside it, over several events, by the name of a header field.
    private func findings(inRecording file: String, besides lines: Set<Int>) -> [Finding] {
        guard let document = try? RecordingFolder(file).readDocument(file) else { return [] }
        let places = TextPlaces(document.json.bytes)
        var findings: [Finding] = []
        for (view, exchange) in zip(document.exchanges, document.recording.exchanges) {
            for change in redaction.redact(exchange).changes {
                let source = RecordingDocument.part(change, of: view).source
                let (start, end) = (places.place(of: source.startIndex), places.place(of: source.endIndex))
                guard !(start.line...end.line).contains(where: lines.contains) else { continue }
                let kind = change.isLeftOut ? "what can't be searched" : "what redaction takes out"
                findings.append(
                    Finding(
                        file: file, line: start.line, column: start.column,
                        kind: "\(kind) of the \(change.placeName)", beginning: change.beginning))
            }
        }
        return findings
    }
}
