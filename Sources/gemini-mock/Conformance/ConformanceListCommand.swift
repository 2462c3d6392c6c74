// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Conformance
import ConformanceServer

struct ConformanceListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the cases: id, severity and what a right client does, a line each."
    )

    @OptionGroup var choice: CaseOptions

    func run() throws {
        for found in try choice.chosen(from: choice.suites()) {
            Output.line("\(found.id)  \(found.severity.rawValue)  \(found.title)")
        }
    }
}
