// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One thing that a client is to do. What goes with the verb is handed to the adapter as it stands in the case's file, with
/// the names of files replaced by their paths.
public struct TaskStep: Sendable, Equatable {
    public let verb: TaskVerb
    /// Parameters by their names in the protocol.
    public let parameters: [JSON.Member]

    /// As an adapter gets it: `{"do": "stream", "model": …}`.
    ///
    /// - Parameter paths: of the case's files, by the names that the case gives them.
    func json(paths: [String: String]) -> JSON {
        var members = [JSON.Member("do", .string(verb.rawValue))]
        for parameter in parameters {
            if ["path", "inline"].contains(parameter.name), case .string(let name) = parameter.value {
                members.append(JSON.Member(parameter.name, .string(paths[name] ?? name)))
            } else {
                members.append(parameter)
            }
        }
        return .object(members)
    }
}

/// What a client can be asked for. The protocol's page says what each parameter is.
public enum TaskVerb: String, Sendable, CaseIterable {
    case generate, stream, upload, interact, resume, cancel
    case countTokens = "count_tokens"
    case waitActive = "wait_active"
    case getFile = "get_file"
    case listFiles = "list_files"
    case deleteFile = "delete_file"

    /// The names of the parameters that a task may have with it.
    public var parameters: [String] {
        switch self {
        case .generate, .countTokens:
            ["model", "text", "system", "file", "inline", "tools", "previous", "timeout"]
        case .stream:
            [
                "model", "text", "system", "file", "inline", "tools", "previous", "timeout", "framing",
                "cancel_after",
            ]
        case .upload: ["path", "mime", "display_name", "api_version", "timeout"]
        case .interact:
            [
                "model", "text", "tools", "stream", "background", "store", "previous", "timeout",
                "cancel_after", "wait", "api_version",
            ]
        case .resume, .cancel: ["of"]
        case .waitActive: ["file", "timeout"]
        case .getFile, .deleteFile: ["file"]
        case .listFiles: ["page_size"]
        }
    }
}
