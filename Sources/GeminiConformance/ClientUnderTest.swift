// SPDX-License-Identifier: Apache-2.0

/// A client as the suite drives it. Each case gets one of its own.
public protocol ClientUnderTest: Sendable {
    /// Does one thing with the client and tells what it made of it. An error that is thrown is the client's: it is told by
    /// its type and description, or, where it is a `StepFailure`, by what stands in that.
    ///
    /// - Throws: `UnsupportedStep` for what the client can't do.
    func perform(_ step: ConformanceStep) async throws -> StepResult
}

/// Why a client couldn't do a step, in the words of the protocol.
public struct StepFailure: Error, Sendable {
    /// `api`, `network`, `timeout`, `protocol`, `truncated`, or another word.
    public var kind: String
    public var message: String
    /// The status of the answer; nil where there was none.
    public var http: Int?
    /// `error.status` of the answer, such as `RESOURCE_EXHAUSTED`.
    public var status: String?
    /// What had come before, such as the beginning of a text.
    public var partial = StepResult()

    public init(
        kind: String, message: String, http: Int? = nil, status: String? = nil,
        partial: StepResult = StepResult()
    ) {
        (self.kind, self.message, self.http, self.status) = (kind, message, http, status)
        self.partial = partial
    }
}

/// The client can't do such a thing: the case isn't held against it.
public struct UnsupportedStep: Error, Sendable {
    public let reason: String

    public init(_ reason: String) { self.reason = reason }
}
