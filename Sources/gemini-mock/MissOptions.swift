// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Recorder

/// Whom to ask what neither a scenario nor a recording answers.
struct MissOptions: ParsableArguments {
    @Flag(
        help: """
            Pass on to --upstream what no stub matches and no recording has, and record it: the next time it is answered from \
            the recording. Nothing is made up then.
            """)
    var recordOnMiss = false

    @Option(
        help: ArgumentHelp(
            "For --record-on-miss: where requests go, such as https://generativelanguage.googleapis.com.",
            valueName: "url"))
    var upstream: String?

    @Option(
        help: ArgumentHelp(
            "For --record-on-miss: the folder of the recording that grows; that of --recording, if there is one.",
            valueName: "folder"))
    var to: String?

    @OptionGroup var access: UpstreamOptions

    @OptionGroup var secrets: SecretOptions

    func validate() throws {
        guard recordOnMiss else {
            guard upstream == nil, to == nil, access.isEmpty, secrets.patterns.isEmpty,
                secrets.secretFile == nil
            else {
                throw ValidationError(
                    "--upstream, --to, --upstream-ca, --inject-key, --pattern and --secret-file are for --record-on-miss."
                )
            }
            return
        }
        guard let upstream else { throw ValidationError("--record-on-miss needs --upstream URL.") }
        guard UpstreamAddress(upstream) != nil else {
            throw ValidationError("--upstream is no http or https URL of a host: \(upstream)")
        }
    }
}
