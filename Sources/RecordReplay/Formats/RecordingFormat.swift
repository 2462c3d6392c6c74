// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// How recordings are kept: a folder with `recording.json`, and `bodies/` beside it for what is large or can't be read.
///
/// The file is made to be read and compared: members have a fixed order, a header field has a line, JSON bodies are JSON with
/// their tokens as they were sent, and a layout tells where the white space was. Nothing is lost: what is written reads back
/// equal, to the byte.
public enum RecordingFormat {
    /// What the first member says.
    static let identifier = "gemini-mock/recording/1"
    /// The name of the file in a recording's folder.
    public static let fileName = "recording.json"
    /// Of bodies that are longer only the length and the hash are kept, in bytes.
    public static let longestBody = 256 * 1024 * 1024
    /// The folder of the bodies that stand beside it.
    static let bodyFolder = "bodies"
    /// Bodies that are longer stand beside the file, in bytes.
    static let longestInline = 16 * 1024
    /// Streams that are longer do: their events are read one by one. In bytes.
    static let longestInlineStream = 64 * 1024
    /// Bodies that are no text, and longer, stand beside the file, in bytes.
    static let longestBase64 = 256
    /// Containers within each other in a body that is kept as JSON: with those around it no more than the parser takes.
    static let deepestBody = 88

    /// A recording's files.
    struct Files {
        /// The text of `recording.json`.
        var main: [UInt8]
        var bodies: [BodyFile]
    }

    /// A body that stands beside the recording.
    struct BodyFile {
        /// With its folder: `bodies/<sha256>.<extension>`.
        let name: String
        let bytes: [UInt8]
    }

    static func files(of recording: Recording) -> Files {
        var writer = ExchangeWriter()
        let exchanges = recording.exchanges.map { text(of: $0, &writer) }
        return Files(main: main(of: recording, exchanges), bodies: writer.bodies)
    }

    /// An exchange as it stands in the file.
    static func text(of exchange: RecordedExchange, _ writer: inout ExchangeWriter) -> [UInt8] {
        var text = RecordingText(depth: 2)
        writer.write(exchange, to: &text)
        return text.bytes
    }

    /// The text of `recording.json`.
    ///
    /// - Parameter exchanges: their texts, which stand there instead of those in `recording`.
    static func main(of recording: Recording, _ exchanges: [[UInt8]]) -> [UInt8] {
        var text = RecordingText()
        text.object { text in
            writeHead(of: recording, to: &text)
            text.key("exchanges")
            text.array { text in
                for exchange in exchanges { text.written(exchange) }
            }
        }
        text.end()
        return text.bytes
    }

    /// All but the exchanges.
    static func writeHead(of recording: Recording, to text: inout RecordingText) {
        text.key("format")
        text.string(identifier)
        text.key("name")
        text.string(recording.name)
        text.key("upstream")
        text.string(recording.upstream)
        text.key("made")
        text.string(recording.made)
        text.key("matching")
        text.object { text in
            let matching = recording.matching
            text.key("inOrder")
            text.literal(matching.isInOrder ? "true" : "false")
            text.key("ignoredPointers")
            text.strings(matching.ignoredPointers)
            text.key("ignoredParameters")
            text.strings(matching.ignoredParameters)
            text.key("headers")
            text.strings(matching.headers)
        }
    }
}
