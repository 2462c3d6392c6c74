// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ReferenceClient {
    /// 2 GB a file (https://ai.google.dev/gemini-api/docs/files).
    private static let largestFile = 2 << 30
    /// A slow build counts hashes slowly.
    private static let longestHashed = 1 << 20
    /// What the names of files end with, and what is in such files.
    private static let types = [
        "aac": "audio/aac", "aiff": "audio/aiff", "flac": "audio/flac", "mp3": "audio/mpeg",
        "ogg": "audio/ogg",
        "wav": "audio/wav", "jpg": "image/jpeg", "png": "image/png", "mp4": "video/mp4",
        "pdf": "application/pdf",
        "txt": "text/plain",
    ]

    /// `upload`, `wait_active`, `get_file`, `list_files`, `delete_file`.
    ///
    /// - Returns: nil for any other verb.
    func performOnFiles(_ verb: String, _ step: JSON, _ results: [JSON]) throws -> JSON? {
        do {
            switch verb {
            case "upload": return try upload(step)
            case "wait_active": return try waitActive(step)
            case "get_file": return try told(getFile(step))
            case "list_files": return try listFiles(step)
            case "delete_file": return try deleteFile(step)
            default: return nil
            }
        } catch var failure as ClientFailure {
            if has(.fileErrorsAreFine) { return ["ok": true] }
            if has(.vagueFileErrors) { failure = ClientFailure("failed", "it didn’t work") }
            throw failure
        }
    }

    /// What an answer says that is no success.
    func failure(of call: Call, _ body: [UInt8]) -> ClientFailure {
        ClientFailure(answer: call, body, settings.flaws)
    }

    // MARK: Uploads

    private func upload(_ step: JSON) throws -> JSON {
        let source = try SourceFile(step["path"]?.text ?? "")
        if source.size > ReferenceClient.largestFile, !has(.noSizeLimit) {
            throw ClientFailure("refused", "\(source.name) has more than 2 GiB")
        }
        let run = try UploadRun(self, source, type: mimeType(step, source), step)
        let file = RemoteFile(try run.file(), settings.flaws)
        fileSteps.append(file.json)
        var members = [JSON.Member("ok", true), JSON.Member("file", try file.told())]
        if !has(.ignoresHash), !has(.ignoresChanges), let hash = file.hash,
            source.size <= ReferenceClient.longestHashed,
            hash != Digest.sha256(try source.bytes(at: 0, source.size))
        {
            members.append(JSON.Member("warning", "the service has other bytes than the file"))
        }
        return .object(members)
    }

    private func mimeType(_ step: JSON, _ source: SourceFile) throws -> String {
        if let type = step["mime"]?.text, !has(.ignoresGivenType) { return type }
        let ending = source.name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        if let type = ReferenceClient.types[ending], !has(.ignoresExtension) { return type }
        if has(.emptyType) { return "" }
        if has(.guessesType) || has(.ignoresGivenType) { return "audio/mpeg" }
        if has(.ignoresExtension) { return "application/octet-stream" }
        throw ClientFailure("refused", "what kind of file is \(source.name)? Give its MIME type")
    }

    // MARK: Files

    /// A file by its name, or by the step that has brought it.
    private func fileAddress(_ step: JSON) throws -> Address {
        var name = step["file"]?.text ?? ""
        if let number = step["file"]?.number, fileSteps.indices.contains(number),
            let known = fileSteps[number]
        {
            name = known["name"]?.text ?? ""
        }
        return try address(name.hasPrefix("files/") ? name : "files/\(name)")
    }

    private func getFile(_ step: JSON, deadline: ContinuousClock.Instant? = nil) throws -> RemoteFile {
        let address = try fileAddress(step)
        return RemoteFile(try message(call("GET", address, deadline: deadline)), settings.flaws)
    }

    private func told(_ file: RemoteFile) throws -> JSON { ["ok": true, "file": try file.told()] }

    /// Looks again and again until the file can be used.
    private func waitActive(_ step: JSON) throws -> JSON {
        let start = ContinuousClock.now
        let time = deadline(step).map { $0 - start } ?? .seconds(60)
        let deadline = start + time * (has(.waitsForEver) ? 3 : 1)
        while true {
            let file = try getFile(step, deadline: deadline)
            switch file.state {
            case "ACTIVE": return try told(file)
            case "PROCESSING" where has(.processingIsActive): return try told(file)
            case "FAILED" where has(.failedIsProcessing): break
            case "FAILED":
                let why = file.json["error"]?["message"]?.text ?? "the service doesn’t say why"
                throw ClientFailure(
                    "failed_file", "\(file.name) can’t be used: \(has(.hidesFileError) ? "" : why)")
            // A state that nobody knows may become one that is known.
            default:
                if has(.unknownStateIsError), file.state != "PROCESSING" {
                    throw ClientFailure("protocol", "no such state")
                }
            }
            let wait = has(.busyPolls) ? .milliseconds(5) : settings.pollInterval
            guard .now + wait < deadline else {
                throw ClientFailure("timeout", "\(file.name) is still \(file.state)")
            }
            sleep(for: wait)
        }
    }

    private func listFiles(_ step: JSON) throws -> JSON {
        var files: [JSON] = []
        var (token, pages) = ("", 0)
        repeat {
            var query: [String] = []
            if let size = step["page_size"]?.number, !has(.ignoresPageSize) {
                query.append("pageSize=\(size)")
            }
            if !token.isEmpty { query.append("pageToken=\(has(.rawPageToken) ? token : encoded(token))") }
            let path = "files" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
            let page: JSON
            do {
                page = try message(call("GET", address(path)))
            } catch {
                if has(.brokenPageIsEnd), pages > 0 { break }
                throw error
            }
            pages += 1
            let found = page["files"]?.list ?? []
            if has(.wantsFiles), page["files"] == nil { throw ClientFailure("protocol", "no files") }
            files += try found.map { try RemoteFile($0, settings.flaws).told() }
            token = page["nextPageToken"]?.text ?? ""
            if has(.emptyPageIsEnd), found.isEmpty { break }
            if has(.firstPageOnly) { break }
        } while !token.isEmpty && pages < 1000
        return ["ok": true, "files": .array(files), "pages": .int(pages)]
    }

    private func deleteFile(_ step: JSON) throws -> JSON {
        do {
            let call = try call("DELETE", fileAddress(step))
            _ = try call.body()
            return ["ok": true]
        } catch let failure as ClientFailure where failure.http == 404 && !has(.goneIsError) {
            // What is to be gone is gone.
            return ["ok": true, "warning": .string(failure.message)]
        }
    }

    /// As it stands in a query.
    func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = UnicodeScalar(byte)
            let isPlain = byte < 0x80 && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte))
            return isPlain || "-._~".utf8.contains(byte)
                ? String(scalar) : "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
        }.joined()
    }
}
