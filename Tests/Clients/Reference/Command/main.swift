// SPDX-License-Identifier: Apache-2.0
//
// The reference client as a command that is put one case: its task comes in the environment, its result goes to a file.

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

guard let url = variable("GEMINI_BASE_URL"), let key = variable("GEMINI_API_KEY"),
    let task = variable("GEMINI_MOCK_TASK"), let out = variable("GEMINI_MOCK_OUT"),
    let document = try? JSONDocument(parsing: Array(task.utf8), grammar: .strict)
else {
    refuse("start it with `gemini-mock conformance run -- reference-client`")
}
var settings = ReferenceClient.Settings(baseURL: url, key: key)
for name in (variable("REFERENCE_CLIENT_FLAWS") ?? "").split(separator: ",") {
    guard let flaw = Flaw(rawValue: String(name)) else {
        refuse("there is no flaw \(name)")
    }
    settings.flaws.insert(flaw)
}
let result = ReferenceClient(settings).perform(JSON(document.root))
let bytes = result.bytes(.compact)
let file = fopen(out, "w")
_ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
fclose(file)
if result["unsupported"] != nil { exit(77) }
