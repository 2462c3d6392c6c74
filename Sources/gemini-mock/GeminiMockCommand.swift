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

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let error = emptyOne(of: arguments) { exit(commandNamed(in: arguments), because: error) }
        do {
            var command = try parseAsRoot(arguments)
            do {
                try command.run()
            } catch let error as ValidationError {
                exit(type(of: command), because: error)
            }
        } catch {
            exit(withError: error)
        }
    }

    /// As for what is found while arguments are read: with the usage of the command that was asked for, not of this one.
    private static func exit(_ command: any ParsableCommand.Type, because error: ValidationError) -> Never {
        let usage = usageString(for: command)
        let name = usage.split(separator: " ").prefix { $0.first?.isLetter ?? false }.joined(separator: " ")
        Output.error("Error: \(error.message)\nUsage: \(usage)\n  See '\(name) --help' for more information.")
        exit(withError: ExitCode.validationFailure)
    }

    /// The command that the first words name.
    private static func commandNamed(in arguments: [String]) -> any ParsableCommand.Type {
        var command: any ParsableCommand.Type = self
        for word in arguments {
            let next = command.configuration.subcommands.first { $0.configuration.commandName == word }
            guard let next else { break }
            command = next
        }
        return command
    }

    /// Nothing here takes an empty text: it comes from a shell's variable that isn't set, and as a path it would mean a folder
    /// that nobody has named.
    private static func emptyOne(of arguments: [String]) -> ValidationError? {
        let own = arguments.prefix { $0 != "--" }
        guard let place = own.firstIndex(where: { $0.isEmpty || $0.hasPrefix("--") && $0.hasSuffix("=") })
        else { return nil }
        let option = own[place].isEmpty ? (place > 0 ? own[place - 1] : "") : String(own[place].dropLast())
        let what = option.hasPrefix("--") ? "The value of \(option)" : "An argument"
        return ValidationError("\(what) is empty. Is a variable not set?")
    }
}
