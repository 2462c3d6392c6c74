// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock

@main
struct GeminiMockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gemini-mock",
        abstract: "A fake Gemini API to test clients against, offline.",
        version: geminiMockVersion,
        subcommands: [
            ServeCommand.self, RunCommand.self, RecordCommand.self, LintCommand.self, RedactCommand.self,
            ScanCommand.self, VerifyCommand.self, ImportCommand.self, ExportCommand.self,
            AuthorityCommand.self, EnvironmentCommand.self, ErrorsCommand.self, ConformanceCommand.self,
        ]
    )
}
