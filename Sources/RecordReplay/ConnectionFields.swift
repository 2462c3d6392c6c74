// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The header fields that are about one connection, or about how a message goes over it (RFC 9110 7.6.1): they are neither
/// passed on nor recorded.
public enum ConnectionFields {
    private static let names: Set<String> = [
        "connection", "content-length", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    public static func removed(from fields: [HTTPFields.Field]) -> [HTTPFields.Field] {
        // Whoever is named in it is about the connection too.
        let named = fields.filter { $0.name.lowercased() == "connection" }.flatMap { field in
            field.value.split { $0 == "," || $0 == " " || $0 == "\t" }.map { $0.lowercased() }
        }
        return fields.filter {
            let name = $0.name.lowercased()
            return !names.contains(name) && !named.contains(name)
        }
    }
}
