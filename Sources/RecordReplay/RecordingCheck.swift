// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What is wrong with recordings, as lines for people and editors.
public struct RecordingCheck: Sendable {
    public private(set) var problems: [RecordingProblem] = []

    public var hasErrors: Bool { problems.contains { $0.severity == .error } }

    public init(folders: [RecordingFolder]) {
        for folder in folders { check(folder) }
    }

    /// The recordings that a path leads to: its own, or those of the folders in it.
    ///
    /// - Returns: empty where it is something else.
    public static func folders(at path: String) -> [RecordingFolder] {
        if path == RecordingFormat.fileName || path.hasSuffix("/\(RecordingFormat.fileName)") {
            return [RecordingFolder(path)]
        }
        return folders(in: RecordingFolder(path).path, depth: 0)
    }

    private static func folders(in path: String, depth: Int) -> [RecordingFolder] {
        let folder = RecordingFolder(path)
        if folder.hasRecording { return [folder] }
        guard depth < 4 else { return [] }
        let inner = PlainFile.names(in: path).filter { !$0.hasPrefix(".") }.map { "\(path)/\($0)" }
        return inner.filter(PlainFile.isFolder).flatMap { folders(in: $0, depth: depth + 1) }
    }

    private mutating func check(_ folder: RecordingFolder) {
        do {
            let document = try folder.readDocument(folder.mainPath, isThorough: true)
            checkBodies(folder, document)
        } catch {
            problems += error.problems
        }
        for path in [folder.partPath, folder.recoveredPath] where PlainFile.exists(path) {
            problems.append(RecordingProblem(.warning, file: path, "left by a recorder that was killed"))
        }
        let scan = SecretScan(paths: [folder.path])
        problems += scan.findings.map { finding in
            RecordingProblem(
                file: finding.file,
                at: RecordingProblem.Place(line: finding.line, column: finding.column),
                "not redacted: \(finding.kind)\(finding.beginning.isEmpty ? "" : ", \(finding.beginning)…")")
        }
        problems += scan.unreadable.map { RecordingProblem(file: folder.path, $0) }
    }

    private mutating func checkBodies(_ folder: RecordingFolder, _ document: RecordingDocument) {
        for name in PlainFile.names(in: folder.bodyPath) {
            let name = "\(RecordingFormat.bodyFolder)/\(name)"
            guard !document.bodyNames.contains(name), !PlainFile.exists(folder.recoveredPath) else {
                continue
            }
            problems.append(
                RecordingProblem(.warning, file: "\(folder.path)/\(name)", "no exchange refers to it"))
        }
        if document.recording.exchanges.isEmpty {
            problems.append(RecordingProblem(.warning, file: document.file, "there is no exchange in it"))
        }
    }
}
