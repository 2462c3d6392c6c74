// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The parts of a GenerateContentResponse that tests look at, read with Foundation's JSON instead of our own.
struct GeneratedAnswer {
    let json: [String: Any]

    init?(_ json: Any?) {
        guard let json = json as? [String: Any], json["candidates"] != nil else { return nil }
        self.json = json
    }

    init?(_ bytes: some Sequence<UInt8>) {
        self.init(try? JSONSerialization.jsonObject(with: Data(bytes)))
    }

    var usage: [String: Any]? { json["usageMetadata"] as? [String: Any] }
    var responseID: String? { json["responseId"] as? String }
    var finishReason: String? { candidate?["finishReason"] as? String }
    var parts: [[String: Any]] {
        (candidate?["content"] as? [String: Any])?["parts"] as? [[String: Any]] ?? []
    }
    var text: String { parts.compactMap { $0["text"] as? String }.joined() }
    var functionCall: [String: Any]? { parts.compactMap { $0["functionCall"] as? [String: Any] }.first }

    private var candidate: [String: Any]? { (json["candidates"] as? [[String: Any]])?.first }
}
