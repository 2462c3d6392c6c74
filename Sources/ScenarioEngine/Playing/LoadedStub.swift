// SPDX-License-Identifier: Apache-2.0

/// A stub made ready to be asked: its matchers, and where it comes from.
struct LoadedStub: Sendable {
    let stub: Stub
    /// Which of the set's scenarios it is of.
    private(set) var scenario = 0
    /// Tells it from all stubs that its player ever had: progress is kept under it, whatever set the stub is in.
    private(set) var number = 0
    let identity: StubIdentity
    /// All of them, in the order of the format's fields.
    let matchers: [any Matcher]
    /// Those that look at nothing but the request.
    private let timeless: [any Matcher]

    init(_ stub: Stub, identity: StubIdentity) {
        self.stub = stub
        self.identity = identity
        matchers = stub.pattern.matchers
        timeless = matchers.filter { !$0.needsHistory }
    }

    /// The same stub as one of a set.
    func placed(in scenario: Int, number: Int) -> LoadedStub {
        var stub = self
        (stub.scenario, stub.number) = (scenario, number)
        return stub
    }

    /// Whether a request fits, as far as that doesn't depend on what has happened before.
    func fits(_ request: RequestSubject) -> Bool {
        guard request.begins || !stub.pattern.steps.isEmpty else { return false }
        let history = StubHistory()
        return timeless.allSatisfy { $0.miss(request, history) == nil }
    }
}
