// SPDX-License-Identifier: Apache-2.0

/// The framings of server-sent events.
public enum ServerSentEvents {
    /// Streams of generateContent: `data: ` + one line + `\r\n\r\n`; no `event:`, no `id:`, nothing at the end
    /// (CORE 4.5).
    public static func event(data: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.count + 10)
        bytes.append(contentsOf: "data: ".utf8)
        bytes.append(contentsOf: data)
        bytes.append(contentsOf: "\r\n\r\n".utf8)
        return bytes
    }

    /// Streams of the Interactions API: `event: ` + name, `data: ` + one line, an empty line, all ended by LF
    /// (INTERACTIONS 4).
    public static func event(named name: String, data: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(name.utf8.count + data.count + 16)
        bytes.append(contentsOf: "event: ".utf8)
        bytes.append(contentsOf: name.utf8)
        bytes.append(contentsOf: "\ndata: ".utf8)
        bytes.append(contentsOf: data)
        bytes.append(contentsOf: "\n\n".utf8)
        return bytes
    }
}
