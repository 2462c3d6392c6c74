// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The environment of a command that is put a case.
struct CaseEnvironment {
    /// Each `NAME=VALUE`.
    private(set) var variables: [String]

    /// - Parameter inherited: what is there without a case.
    init(_ job: CaseJob, out: String, inherited: [String]) {
        variables = inherited
        set("GEMINI_MOCK_CASE", job.conformanceCase.id.description)
        set("GEMINI_MOCK_TASK", String(decoding: job.task.bytes(.compact), as: UTF8.self))
        set("GEMINI_MOCK_OUT", out)
        // The second one is what Google's clients read by themselves.
        for name in ["GEMINI_BASE_URL", "GOOGLE_GEMINI_BASE_URL", "GEMINI_MOCK_URL"] {
            set(name, job.address.baseURL)
        }
        for name in ["GEMINI_API_KEY", "GOOGLE_API_KEY"] { set(name, job.address.key) }
    }

    private mutating func set(_ name: String, _ value: String) {
        variables.removeAll { $0.utf8.starts(with: "\(name)=".utf8) }
        variables.append("\(name)=\(value)")
    }
}
