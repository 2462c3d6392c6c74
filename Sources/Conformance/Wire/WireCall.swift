// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Which method of the API a request calls, found out by its method and path alone: the server's opinion isn't asked.
enum WireCall {
    static let names = [
        "generateContent", "streamGenerateContent", "countTokens", "embedContent", "batchEmbedContents",
        "listModels", "getModel", "uploadFile", "listFiles", "getFile", "downloadFile", "deleteFile",
        "createInteraction", "getInteraction", "cancelInteraction", "deleteInteraction",
    ]

    /// - Returns: nil where it is none of the API's.
    static func name(_ request: WireExchange.Request) -> String? {
        // `/t/NAME` in front tells the case.
        var segments = RequestTarget(request.target).segments
        let isUpload = segments.first == "upload"
        if isUpload { segments.removeFirst() }
        guard segments.count > 1, segments[0].first == "v" else { return nil }
        let collection = segments[1]
        let (first, verb) = split(segments[segments.count - 1])
        if isUpload { return collection == "files" ? "uploadFile" : nil }
        switch (collection, segments.count, request.method) {
        case ("models", 2, "GET"): return "listModels"
        case ("models", 3, "GET"), ("tunedModels", 3, "GET"): return "getModel"
        case ("models", 3, "POST"), ("tunedModels", 3, "POST"): return names.contains(verb) ? verb : nil
        case ("files", 2, "GET"): return "listFiles"
        case ("files", 3, "GET"): return verb == "download" ? "downloadFile" : "getFile"
        case ("files", 3, "DELETE"): return "deleteFile"
        case ("interactions", 2, "POST"): return "createInteraction"
        case ("interactions", 3, "GET"): return "getInteraction"
        case ("interactions", 3, "DELETE"): return "deleteInteraction"
        case ("interactions", 4, "POST"): return first == "cancel" ? "cancelInteraction" : nil
        default: return nil
        }
    }

    private static func split(_ segment: String) -> (String, String) {
        guard let colon = segment.lastIndex(of: ":") else { return (segment, "") }
        return (String(segment[..<colon]), String(segment[segment.index(after: colon)...]))
    }
}
