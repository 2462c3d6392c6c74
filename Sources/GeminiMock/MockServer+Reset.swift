// SPDX-License-Identifier: Apache-2.0

import GeminiService
import ScenarioEngine

/// Forgetting, so that the next test begins anew. All of it may be called at any time, on any thread.
extension MockServer {
    /// Forgets what was received and answered, unmatched requests too.
    public func resetJournal() { admin.resetJournal() }

    /// Forgets files, uploads, turns of interactions and how far everybody has come in the scenarios. Uploads under way end like
    /// those that the API doesn't know.
    public func resetState() { admin.reset(stateOf: nil) }

    /// The same of one tenant; nothing where it isn't known.
    ///
    /// - Parameter tenant: its name, its API key, its project, or what the admin API shows of it.
    public func resetState(of tenant: String) {
        if let tenant = admin.tenant(named: tenant) { admin.reset(stateOf: tenant) }
    }

    /// Back to how the server was started: both of these, with scenarios as their files were last read, no armed fault, and a
    /// clock that runs. It stays ahead as far as it was moved: who waits for it would have to wait for longer otherwise.
    public func reset() { admin.resetAll() }
}
