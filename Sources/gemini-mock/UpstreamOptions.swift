// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Recorder

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How to get what an upstream answers; for every command that records.
struct UpstreamOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Trust the upstream that these authorities vouch for (PEM), and no other.", valueName: "file"))
    var upstreamCa: String?

    @Flag(
        help: """
            Send the upstream the key in GOOGLE_API_KEY or GEMINI_API_KEY instead of the caller's. Then only programs on \
            this machine get there.
            """)
    var injectKey = false

    var isEmpty: Bool { upstreamCa == nil && !injectKey }

    /// - Throws: exit code 66 where the authorities can't be read, 64 where there is no key to inject; which is told.
    func apply(to configuration: inout RecordingServer.Configuration) throws {
        configuration.authorityFile = try UpstreamAccess.authorityFile(upstreamCa)
        if injectKey {
            guard let key = UpstreamAccess.key else {
                throw ValidationError("--inject-key finds no key in GOOGLE_API_KEY or GEMINI_API_KEY.")
            }
            configuration.injectedKey = key
        }
    }
}
