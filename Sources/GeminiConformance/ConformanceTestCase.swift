// SPDX-License-Identifier: Apache-2.0

import Conformance
import ConformanceServer
import XCTest

/// Judges a client of the Gemini API in XCTest. Say in a subclass how the client is driven, and call `judge()` in one test:
///
///     final class MyClientConformance: ConformanceTestCase {
///         override class func client(baseURL: String, key: String) -> any ClientUnderTest {
///             MyAdapter(baseURL: baseURL, key: key)
///         }
///
///         func testConformance() throws { try judge() }
///     }
///
/// On Linux each case is a test case of its own in what XCTest tells, with its own name, result and failure. On Apple's
/// platforms, where test cases can't be made of closures, it is an activity within the one test.
open class ConformanceTestCase: XCTestCase {
    /// A client for one case. It must not share a conversation with any other.
    open class func client(baseURL: String, key: String) -> any ClientUnderTest {
        fatalError("override client(baseURL:key:)")
    }

    /// What the client can't do, as cases name it in `needs`: `upload`, `interactions`, `functions`.
    open class var lacks: Set<String> { [] }

    /// Which cases are asked: `SSE-*`; all unless told.
    open class var cases: [String] { [] }

    /// What the client is known to fail, and why. Such a case is skipped with the reason; one that passes fails the test.
    open class var known: KnownFailures { KnownFailures() }

    /// Whether a SHOULD that isn't done fails the test.
    open class var isStrict: Bool { true }

    /// How many cases at a time.
    open class var jobs: Int { 8 }

    /// What puts cases to the client; override it for a client that speaks the suite's protocol by itself.
    open class var driver: any ClientDriver {
        let type = self
        return ClosureDriver { job in
            AdapterCall.outcome(of: job, type.client(baseURL: job.address.baseURL, key: job.address.key))
        }
    }

    /// Puts the cases to the client, and tells each as a test. It is the last thing that a test does: on Linux assertions behind
    /// it would go nowhere, as the last case has ended.
    ///
    /// - Throws: where the server can't listen, `cases` names none, or `known` names what isn't there.
    public func judge() throws {
        let type = Swift.type(of: self)
        let suites = try EmbeddedSuites.read()
        var choice = CaseChoice()
        choice.globs = type.cases
        let cases = try choice.cases(of: suites)
        let known = type.known
        try known.check(against: suites)
        let server = try MockCaseServer(suites)
        defer { server.stop() }
        var options = CaseRunner.Options()
        options.lacks = type.lacks
        options.folder = NSTemporaryDirectory()
        let results = SuiteRunner(server, type.driver, jobs: type.jobs, options).results(of: cases)
        tell(results.map { known.judged($0) }, isStrict: type.isStrict)
    }

    private func tell(_ results: [CaseResult], isStrict: Bool) {
        #if canImport(Darwin)
            for result in results {
                XCTContext.runActivity(named: "\(result.id) \(result.title)") { _ in
                    if case .failed(let text) = ToldCase(result, isStrict: isStrict) { XCTFail(text) }
                }
            }
        #else
            var failed = 0
            for result in results {
                let told = ToldCase(result, isStrict: isStrict)
                if case .failed = told { failed += 1 }
                Swift.type(of: self).init(name: "\(result.id)") { _ in try told.report() }.run()
            }
            // The failure that is told is the child's: it takes this test along. XCTFail would look for the child.
            if failed > 0 {
                recordFailure(
                    withDescription: "\(failed) of \(results.count) cases failed", inFile: #filePath,
                    atLine: #line, expected: true)
            }
        #endif
    }
}

/// What XCTest is told of a case.
enum ToldCase {
    case passed
    case failed(String)
    case skipped(String)

    init(_ result: CaseResult, isStrict: Bool) {
        switch (result.known, result.verdict) {
        case (.failure(let reason)?, _), (.varying(let reason)?, _):
            self = .skipped("\(result.verdict.rawValue), as is known: \(reason)")
        case (.stale(let reason)?, _):
            self = .failed("it is in the known failures, and doesn’t fail as they say: \(reason)")
        case (nil, .pass), (nil, .info): self = .passed
        case (nil, .nonStrict) where !isStrict: self = .passed
        case (nil, .unsupported), (nil, .notObserved):
            self = .skipped("\(result.verdict.rawValue): \(result.reason ?? "")")
        case (nil, .fail), (nil, .nonStrict), (nil, .flaky), (nil, .harnessError):
            let terminal = TerminalReport()
            let lines = [terminal.progress(result)] + terminal.details(result)
            self = .failed(lines.joined(separator: "\n"))
        }
    }

    /// - Throws: a skip.
    func report() throws {
        switch self {
        case .passed: break
        case .failed(let text): XCTFail(text)
        case .skipped(let reason): throw XCTSkip(reason)
        }
    }
}
