// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Starts a command for each case. It finds the case in its environment and leaves its result in a file; exit code 77 says
/// that it can't do such a thing.
public struct CommandDriver: ClientDriver {
    private let words: [String]
    private let environment: [String]
    private static let unsupported: Int32 = 77

    /// - Parameters:
    ///   - words: the program, a path or a name to be looked up in `PATH`, and its arguments.
    ///   - environment: what the command has besides what the case brings, each `NAME=VALUE`.
    public init(_ words: [String], environment: [String]) {
        (self.words, self.environment) = (words, environment)
    }

    public func perform(_ job: CaseJob) -> ClientReport {
        let out = "\(job.folder)/.result.json"
        let environment = CaseEnvironment(job, out: out, inherited: environment)
        let process: CaseProcess
        do {
            process = try CaseProcess(words, environment: environment.variables)
        } catch {
            return ClientReport(.notJudgeable(error.description))
        }
        let end = process.wait(for: job.time)
        process.end()
        let output = String(decoding: process.printed, as: UTF8.self)
        return ClientReport(outcome(end, out), output: output)
    }

    private func outcome(_ end: CaseProcess.End?, _ out: String) -> ClientOutcome {
        switch end {
        case nil: return .silent
        case .signal(let number): return .died("signal \(number)")
        case .code(CommandDriver.unsupported):
            guard case .unsupported(let why) = result(out) else { return .unsupported("exit code 77") }
            return .unsupported(why)
        case .code(let code):
            // A client that fails as it should may end with any code, if it has told what it made of it.
            return result(out) ?? .died("exit code \(code), without a result")
        }
    }

    /// - Returns: nil where it has written none.
    private func result(_ out: String) -> ClientOutcome? {
        do {
            let bytes = try SmallFile.bytes(out, most: TaskResult.most)
            return bytes.isEmpty ? nil : TaskResult.outcome(bytes)
        } catch {
            return error == .isMissing
                ? nil : .notJudgeable("the client’s result in GEMINI_MOCK_OUT can’t be read: \(error)")
        }
    }
}
