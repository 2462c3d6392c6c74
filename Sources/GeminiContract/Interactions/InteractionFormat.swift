// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What `response_format` asks of the text: a JSON schema alone, an entry, or a list of entries (INTERACTIONS 2).
struct InteractionFormat {
    let mimeType: String
    let schema: JSONView?
    /// Films that are delivered by address have to be kept.
    let needsStore: Bool

    private static let media: Set = ["image", "audio", "video"]

    /// - Parameters:
    ///   - view: a format that has been checked.
    ///   - mimeType: the older member beside it.
    init(_ view: JSONView?, mimeType: String?) throws(APIError) {
        let entries = view.map { $0.kind == .array ? Array($0.elements) : [$0] } ?? []
        needsStore = entries.contains {
            $0["type"]?.string == "video" && $0["delivery"]?.string == "uri"
        }
        // Of several the first that is about text: pictures, sound and films aren't made.
        let entry = entries.first { !InteractionFormat.media.contains($0["type"]?.string ?? "") }
        if entry?["type"]?.string == "text" {
            schema = entry?["schema"]
            self.mimeType =
                (entry?["mime_type"] ?? entry?["mimeType"])?.string
                ?? (schema == nil ? mimeType ?? "" : "application/json")
        } else {
            // The whole object is the schema.
            schema = entry
            self.mimeType = entry == nil ? mimeType ?? "" : "application/json"
        }
    }
}
