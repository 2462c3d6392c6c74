// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RecordReplay

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What must not be kept besides what is known to be secret.
struct SecretOptions: ParsableArguments {
    @Option(
        name: .customLong("pattern"),
        help: ArgumentHelp(
            "What this regular expression (PCRE2) matches is secret, too. May be given often.",
            valueName: "regex"))
    var patterns: [String] = []

    @Option(
        help: ArgumentHelp("Texts that are secret, one on each line, of 6 bytes at least.", valueName: "file")
    )
    var secretFile: String?

    /// - Throws: exit code 66 where the file can't be read, 64 where a pattern is none.
    func redaction() throws -> Redaction {
        Redaction(patterns: try patterns.map(pattern), secrets: try secrets())
    }

    private func pattern(_ text: String) throws -> RedactionPattern {
        do {
            return try RedactionPattern(text)
        } catch {
            throw ValidationError("--pattern is no regular expression: \(error)")
        }
    }

    private func secrets() throws -> [String] {
        guard let secretFile else { return [] }
        guard let text = KeyList.contents(of: secretFile) else {
            Output.error(
                "gemini-mock: can't read the secrets in \(secretFile): \(String(cString: strerror(errno)))")
            throw ExitCode(EX_NOINPUT)
        }
        return text.split(whereSeparator: \.isNewline).map(String.init)
    }
}
