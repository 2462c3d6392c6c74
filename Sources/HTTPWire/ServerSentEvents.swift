// SPDX-License-Identifier: Apache-2.0

/// The framing of server-sent events as generateContent streams use it.
public enum ServerSentEvents {
    /// `data: ` + one line + `\r\n\r\n`; no `event:`, no `id:`, nothing at the end (CORE 4.5).
    public static func event(data: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.count + 10)
        bytes.append(contentsOf: "data: ".utf8)
        bytes.append(contentsOf: data)
        bytes.append(contentsOf: "\r\n\r\n".utf8)
        return bytes
    }
}
