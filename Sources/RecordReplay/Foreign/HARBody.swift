// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// How a body stands in HAR.
enum HARBody {
    private static let decodedLimit = 256 * 1024 * 1024

    /// What is in a body that is compressed with gzip; nil for all else, and where it is broken.
    static func decoded(_ bytes: [UInt8], _ fields: [HTTPFields.Field]) -> [UInt8]? {
        guard BodyForm.value(of: "content-encoding", fields) == "gzip", !bytes.isEmpty else { return nil }
        return Gzip.decode(bytes, limit: decodedLimit)?.bytes
    }

    /// Whether a text of JSON can say it.
    static func isText(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

    /// HAR wants one of each body.
    static func type(_ fields: [HTTPFields.Field]) -> String {
        fields.first { $0.name.lowercased() == "content-type" }?.value ?? "application/octet-stream"
    }
}
