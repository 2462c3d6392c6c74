// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Judge a client of the Gemini API by how it takes what can happen on the wire.",
        subcommands: [
            ConformanceListCommand.self, ConformanceRunCommand.self, ConformanceServeCommand.self,
            ConformanceCompareCommand.self, ConformanceReportCommand.self,
        ]
    )
}
