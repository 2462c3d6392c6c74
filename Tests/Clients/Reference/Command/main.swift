// SPDX-License-Identifier: Apache-2.0
//
// The reference client as a command: it is put one case by its environment and leaves its result in a file, or, as a worker,
// gets a line of JSON on standard input for each case.

import Dispatch
import Foundation
import HTTPWire
import ReferenceClient

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

func refuse(_ why: String) -> Never {
    let text = Array("reference-client: \(why)\n".utf8)
    _ = text.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(64)
}

func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

func json(_ text: String) -> JSON? {
    (try? JSONDocument(parsing: Array(text.utf8), grammar: .strict)).map { JSON($0.root) }
}

let flaws = Set(
    (variable("REFERENCE_CLIENT_FLAWS") ?? "").split(separator: ",").map { name in
        guard let flaw = Flaw(rawValue: String(name)) else { refuse("there is no flaw \(name)") }
        return flaw
    })

func result(_ task: JSON, baseURL: String, key: String) -> JSON {
    var settings = ReferenceClient.Settings(baseURL: baseURL, key: key)
    settings.flaws = flaws
    return ReferenceClient(settings).perform(task)
}

func runOnce() {
    guard let url = variable("GEMINI_BASE_URL"), let key = variable("GEMINI_API_KEY"),
        let task = variable("GEMINI_MOCK_TASK").flatMap(json), let out = variable("GEMINI_MOCK_OUT"),
        let file = fopen(out, "w")
    else { refuse("start it with `gemini-mock conformance run -- reference-client`") }
    let result = result(task, baseURL: url, key: key)
    let bytes = result.bytes(.compact)
    _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    fclose(file)
    if result["unsupported"] != nil { exit(77) }
}

func work() {
    let lines = DispatchQueue(label: "lines")
    @Sendable func say(_ json: JSON) {
        let bytes = json.bytes(.compact) + [0x0A]
        lines.sync {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
                guard count > 0 else { exit(74) }
                rest = rest.dropFirst(count)
            }
        }
    }
    say(["client": "reference", "version": "1", "parallel": 16])
    let group = DispatchGroup()
    while let line = readLine() {
        guard let task = json(line), case .string(let id)? = task["id"],
            case .string(let url)? = task["base_url"], case .string(let key)? = task["api_key"]
        else { refuse("a line that is no task: \(line)") }
        group.enter()
        // A thread for each: a queue would let as many wait as there are processors.
        let thread = Thread {
            guard case .object(let members) = result(task, baseURL: url, key: key) else {
                return group.leave()
            }
            say(.object([JSON.Member("id", .string(id))] + members))
            group.leave()
        }
        thread.start()
    }
    group.wait()
}

if variable("GEMINI_MOCK_WORKER") == nil { runOnce() } else { work() }
