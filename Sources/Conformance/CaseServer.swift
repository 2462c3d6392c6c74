// SPDX-License-Identifier: Apache-2.0

/// What plays the server's part: it does what a case says, and tells what has passed on the wire.
///
/// All of it may be called on any thread.
public protocol CaseServer: Sendable {
    /// Makes ready for a client that is to be asked a case. Each time is a world of its own: nothing of it is seen by others.
    ///
    /// - Parameter run: tells several runs of a case apart; of letters and digits.
    func begin(_ conformanceCase: ConformanceCase, run: String) -> CaseAddress

    /// What has passed so far, since the case began.
    func log(of address: CaseAddress) -> WireLog

    /// The client has ended: what was kept for it can be forgotten.
    func end(_ address: CaseAddress)
}

/// Where a client finds a case.
public struct CaseAddress: Sendable, Hashable {
    /// Without a slash at the end.
    public let baseURL: String
    /// The API key that the client is to send.
    public let key: String
    /// When the case began, in nanoseconds by the server's own clock.
    public let start: Int64
    /// What the server knows the run by.
    public let name: String
    /// How many requests the server had seen by then, of all runs.
    public let position: Int

    public init(baseURL: String, key: String, start: Int64, name: String, position: Int = 0) {
        (self.baseURL, self.key, self.start) = (baseURL, key, start)
        (self.name, self.position) = (name, position)
    }
}
