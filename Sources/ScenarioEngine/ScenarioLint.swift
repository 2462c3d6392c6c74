// SPDX-License-Identifier: Apache-2.0

/// What is wrong with scenario files, all of it at once.
public struct ScenarioLint: Sendable {
    /// Of all files, each file's in its order.
    public private(set) var problems: [ScenarioProblem] = []
    /// Paths that couldn't be read, and why.
    public private(set) var unreadable: [(path: String, reason: String)] = []
    /// How many files were read.
    public private(set) var fileCount = 0

    /// - Parameter paths: files and folders.
    public init(paths: [String], vocabulary: ScenarioVocabulary) {
        let limits = DocumentLimits()
        for path in paths {
            do throws(ScenarioFolder.Failure) {
                for file in try ScenarioFolder.files(at: path) {
                    let bytes = try ScenarioFolder.bytes(of: file, limit: limits.bytes)
                    fileCount += 1
                    problems += ScenarioDecoder.decode(bytes, file: file, vocabulary: vocabulary).problems
                }
            } catch {
                unreadable.append((path, error.reason))
            }
        }
    }

    public var hasErrors: Bool { problems.contains { $0.severity == .error } }
}
