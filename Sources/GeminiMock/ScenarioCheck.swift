// SPDX-License-Identifier: Apache-2.0

import ScenarioEngine

/// What is wrong with scenario files, as lines for people and editors.
public struct ScenarioCheck: Sendable {
    /// `file:line:column: problem`, one each.
    public let problems: [String]
    /// `path: reason`, one each.
    public let unreadable: [String]
    /// Whether a file can't be used; warnings alone don't count.
    public let hasErrors: Bool
    /// How many files were read.
    public let fileCount: Int

    /// - Parameter paths: files and folders.
    public init(paths: [String]) {
        let lint = ScenarioLoader(paths.map { MockScenario(path: $0) }, vocabulary: .ofThisServer).load()
        problems = lint.problems.map(\.description)
        unreadable = lint.unreadable.map { "\($0.path): \($0.reason)" }
        hasErrors = lint.hasErrors
        fileCount = lint.fileCount
    }
}
