// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Commands that change this system are shown, and run only where somebody has agreed.
struct Consent: ParsableArguments {
    @Flag(help: "Agree beforehand; nothing is asked.")
    var yes = false

    /// - Throws: exit code 64 without consent, 69 where one of the commands fails.
    func carryOut(_ commands: [[String]], _ reason: String) throws {
        Output.error(reason)
        for words in commands { Output.error("  \(words.joined(separator: " "))") }
        guard try yes || isAgreed() else {
            Output.error("gemini-mock: nothing was changed")
            throw ExitCode(EX_USAGE)
        }
        for words in commands {
            let code = SystemCommand.run(words)
            guard code == 0 else {
                Output.error("gemini-mock: \(words.joined(separator: " ")) failed with \(code)")
                throw ExitCode(EX_UNAVAILABLE)
            }
        }
        Output.error("gemini-mock: done")
    }

    private func isAgreed() throws -> Bool {
        guard isatty(STDIN_FILENO) == 1 else {
            Output.error("gemini-mock: there is nobody to ask; --yes agrees")
            return false
        }
        _ = Output.write(Array("Go on? [y/N] ".utf8), to: STDERR_FILENO)
        return ["y", "yes"].contains((readLine() ?? "").lowercased())
    }
}
