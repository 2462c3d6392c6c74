// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock

/// What is kept of requests, and who may see it; for every command that starts a server.
struct AdminOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Open the admin API under /__admin/ to whoever brings this key, from other machines and from pages, too: KEY or "
                + "@FILE. Without it programs on this machine alone may use it.",
            valueName: "key"))
    var adminKey: String?

    @Flag(help: "Have no admin API.")
    var noAdmin = false

    @Option(
        help: ArgumentHelp(
            "How many of the last requests to keep with their answers; 0 keeps none. (default: \(Journal.Limits().entries))",
            valueName: "count"),
        transform: NumberOption.whole(in: 0...Int.max))
    var journal = Journal.Limits().entries

    func validate() throws {
        guard !noAdmin || adminKey == nil else {
            throw ValidationError("--no-admin leaves nothing that --admin-key could open.")
        }
        guard adminKey?.isEmpty != true else { throw ValidationError("--admin-key is empty.") }
    }

    /// - Throws: exit code 66 where the file of the key can't be read, 64 where it has none or several. The key itself is
    ///   never told.
    func apply(to configuration: inout MockServer.Configuration) throws {
        configuration.journalLimits.entries = journal
        if noAdmin { configuration.admin = .off }
        guard let adminKey else { return }
        guard adminKey.hasPrefix("@") else {
            configuration.admin = .key(adminKey)
            return
        }
        let keys = try KeyList.read(adminKey)
        guard let key = keys.first, keys.count == 1 else {
            throw ValidationError("The file of --admin-key has more than one line.")
        }
        configuration.admin = .key(key)
    }
}
