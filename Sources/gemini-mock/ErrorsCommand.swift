// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct ErrorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "errors",
        abstract: "List the refusals of the API, with the names by which they are asked for.",
        discussion: """
            With a name it shows the status, what is known of it, and the whole body. “Seen” says when or where the real \
            service was observed to answer so (NAME/NAME#N is an issue on GitHub), “documented” that its documentation \
            says so, “assumed” that nobody has its exact words.

            Exit code 64 where there is none of that name.
            """
    )

    @Argument(help: "One of the names.")
    var name: String?

    func run() throws {
        guard let name else {
            for line in ErrorList.lines { Output.line(line) }
            return
        }
        guard let text = ErrorList.text(of: name) else {
            throw ValidationError("No refusal is called \(name); `gemini-mock errors` lists all.")
        }
        Output.line(text)
    }
}
