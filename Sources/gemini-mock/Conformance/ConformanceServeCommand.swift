// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Conformance
import ConformanceServer
import GeminiMock
import HTTPWire

struct ConformanceServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract:
            "Judge a client that nobody can start from here, such as an app or a page, by what it sends.",
        discussion: """
            Each case has a base URL of its own, and a key that does without one. Point the client there, have it do what \
            the case's task says, and press Ctrl-C at the end: then the cases are judged by what has passed on the wire. \
            What a client makes of it isn't seen, and never called a pass.

            Exit codes: 0 where nothing speaks against the client, 1 where something does; the others as those of run.
            """
    )

    @OptionGroup var choice: CaseOptions

    @OptionGroup var reports: ReportOptions

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 is any free one. (default: 8788)", transform: NumberOption.port)
    var port: UInt16 = 8788

    @Option(help: ArgumentHelp("What to call the client in reports.", valueName: "text"))
    var name = "unnamed"

    func run() throws {
        let suites = try choice.suites()
        let cases = try choice.chosen(from: suites)
        // Blocked before any thread is started, so that only `wait` below gets them.
        let signals = TerminationSignals()
        let (start, date) = (ContinuousClock.now, RunDate.text(SystemWallClock().nanoseconds))
        let server = try CaseServerStart.server(suites) { configuration in
            configuration.host = host
            configuration.port = Int(port)
        }
        defer { server.stop() }
        let addresses = cases.map { server.standing($0) }
        for (found, address) in zip(cases, addresses) {
            Output.line("\(address.baseURL)  \(address.key)  \(found.severity.rawValue)  \(found.title)")
            Output.line("  \(found.instructions)")
        }
        Output.line("Ctrl-C ends it, and tells what was seen.")
        signals.wait()
        let results = zip(cases, addresses).map { found, address in
            CaseResult(undriven: found, server.log(of: address), at: address)
        }
        // What nobody has asked for would hide the rest.
        for result in results where !result.wire.isEmpty { reports.tell(result) }
        let report = RunReport(
            client: ClientIdentity(name: name, driver: "passive"), judge: geminiMockVersion, date: date,
            set: choice.requirementSet, time: ContinuousClock.now - start, cases: results)
        reports.summarize(report)
        try reports.write(report)
        if !report.unexpected.isEmpty { throw ExitCode(1) }
    }
}
