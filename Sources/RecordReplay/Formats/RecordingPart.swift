// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a recorder has so far: a line that says what it records, then a line for each exchange.
enum RecordingPart {
    static func head(of recording: Recording, _ mode: RecordingWriter.Mode) -> [UInt8] {
        var text = RecordingText(isOneLine: true)
        text.object { text in
            RecordingFormat.writeHead(of: recording, to: &text)
            text.key("mode")
            text.string(mode.rawValue)
        }
        text.end()
        return text.bytes
    }

    static func line(of exchange: RecordedExchange, _ writer: inout ExchangeWriter) -> [UInt8] {
        var text = RecordingText(isOneLine: true)
        writer.write(exchange, to: &text)
        text.end()
        return text.bytes
    }

    /// As far as it can be read: a line that was cut off isn't.
    ///
    /// - Returns: nil where even its first line can't be read.
    static func read(_ text: [UInt8], _ source: @escaping RecordingReader.BodySource) -> (
        Recording, RecordingWriter.Mode
    )? {
        var found: (Recording, RecordingWriter.Mode)?
        var start = 0
        while let end = text[start...].firstIndex(of: 0x0A) {
            defer { start = end + 1 }
            guard let line = try? JSONDocument(parsing: Array(text[start..<end]), grammar: .strict) else {
                break
            }
            guard found != nil else {
                guard let mode = line.root["mode"]?.string.flatMap(RecordingWriter.Mode.init),
                    let recording = line.root.withNodes({ RecordingReader($0, source: source).head($1) })
                else { return nil }
                found = (recording, mode)
                continue
            }
            let exchange = line.root.withNodes { nodes, at in
                let reader = RecordingReader(nodes, source: source)
                let exchange = reader.exchange(at)
                return reader.problems.isEmpty ? exchange : nil
            }
            guard let exchange else { break }
            found?.0.exchanges.append(exchange)
        }
        return found
    }
}

extension RecordingFolder {
    /// Where the exchanges are that a killed recorder left, and that belong to no recording.
    var recoveredPath: String { "\(path)/recording.recovered.json" }

    /// Saves what a killed recorder left.
    ///
    /// - Parameter next: the mode of the recorder that begins now.
    func recoverPart(with lock: FolderLock, before next: RecordingWriter.Mode) throws(RecordingFileError)
        -> RecordingWriter.Recovery?
    {
        guard PlainFile.exists(partPath) else { return nil }
        guard case .success(let text) = PlainFile.read(partPath, limit: RecordingFolder.mainLimit),
            let (recording, mode) = RecordingPart.read(text, body)
        else { return try setPartAside() }
        let count = recording.exchanges.count
        var outcome: RecordingWriter.Recovery?
        if count > 0 {
            outcome = try recover(recording, mode, before: next, with: lock)
        }
        unlink(partPath)
        return outcome
    }

    private func recover(
        _ recording: Recording, _ mode: RecordingWriter.Mode, before next: RecordingWriter.Mode,
        with lock: FolderLock
    ) throws(RecordingFileError) -> RecordingWriter.Recovery {
        let count = recording.exchanges.count
        // Else the next one would replace it at its end.
        if !hasRecording, next == .append {
            try write(recording, with: lock)
            return .added(count)
        }
        // What is half recorded doesn't take the place of what is whole.
        guard hasRecording, mode == .append, var whole = try? read() else {
            try write(recording, with: lock, to: recoveredPath)
            return .besides(count, file: recoveredPath)
        }
        whole.exchanges += recording.exchanges
        try write(whole, with: lock)
        return .added(count)
    }

    /// Nothing that was recorded is thrown away, whatever is in it.
    private func setPartAside() throws(RecordingFileError) -> RecordingWriter.Recovery {
        let aside = "\(path)/recording.part.unreadable"
        guard rename(partPath, aside) == 0 else { throw RecordingFileError("can't rename", partPath) }
        return .unreadable(file: aside)
    }
}
