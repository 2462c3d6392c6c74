// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One file's way to the service by the resumable protocol: a start, then chunks to the address that the start gives; where
/// something breaks, a question for where it stands, and on from there.
final class UploadRun {
    private enum Standing {
        case active(received: Int?)
        case final(JSON)
    }

    private let client: ReferenceClient
    private let source: SourceFile
    private let type: String
    private let step: JSON
    private let deadline: ContinuousClock.Instant?
    private var address: Address
    private var granularity = 0
    private var offset = 0
    /// Since something went well.
    private var failures = 0
    private var sessions = 0

    init(_ client: ReferenceClient, _ source: SourceFile, type: String, _ step: JSON) throws {
        (self.client, self.source, self.type, self.step) = (client, source, type, step)
        deadline = client.deadline(step)
        let version =
            client.has(.alwaysV1)
            ? "v1" : client.has(.alwaysV1beta) ? "v1beta" : step["api_version"]?.text ?? "v1beta"
        guard let address = Address("\(client.settings.baseURL)/upload/\(version)/files") else {
            throw ClientFailure("refused", "the base address is none")
        }
        self.address = address
    }

    /// Brings all bytes there.
    ///
    /// - Returns: the file as the service tells it.
    func file() throws -> JSON {
        let first = address
        try start(at: first)
        while true {
            do {
                if let file = try sendChunk() { return file }
            } catch let failure as ClientFailure {
                if client.has(.trustsUploads) { return [:] }
                if failure.kind == "expired" || client.has(.restartsUploads) {
                    guard sessions < 2, !client.has(.noNewSession) else { throw failure }
                    (offset, failures) = (0, 0)
                    try start(at: first)
                } else if let file = try recover(from: failure) {
                    return file
                }
            }
        }
    }

    // MARK: The start

    private func start(at first: Address) throws {
        sessions += 1
        while true {
            do {
                return try startOnce(at: first)
            } catch let failure as ClientFailure {
                try pause(after: failure)
            }
        }
    }

    private func startOnce(at first: Address) throws {
        var fields = client.fields + [("X-Goog-Upload-Command", "start")]
        if !client.has(.noUploadProtocol) { fields.append(("X-Goog-Upload-Protocol", "resumable")) }
        if !client.has(.noUploadLength) {
            fields.append(("X-Goog-Upload-Header-Content-Length", "\(source.size)"))
        }
        if !client.has(.noUploadType) { fields.append(("X-Goog-Upload-Header-Content-Type", type)) }
        fields.append(("X-Goog-Upload-File-Name", fileName))
        let call = try Call(
            "POST", first, fields: fields, body: metadata, timeout: client.settings.idleTimeout,
            deadline: deadline)
        guard call.status == 200 || client.has(.inventsUploadURL) else { throw try failure(of: call) }
        granularity = call.field("x-goog-upload-chunk-granularity").flatMap { Int($0) } ?? 1
        guard let text = call.field("x-goog-upload-url"), let given = Address(text) else {
            if client.has(.inventsUploadURL) { return address = first }
            throw ClientFailure("protocol", "the service gave no address for the bytes")
        }
        address = given
        if client.has(.ignoresUploadURL),
            let id = given.path.split(separator: "&").first?.split(separator: "?").last
        {
            address =
                Address("http://\(first.authority)\(first.path)?\(id)&upload_protocol=resumable") ?? given
        }
        if client.has(.keyInUploadURL) {
            address = Address("http://\(given.authority)\(given.path)&key=\(client.settings.key)") ?? given
        }
    }

    private var metadata: [UInt8] {
        let name = client.has(.dropsDisplayName) ? nil : step["display_name"]
        if client.has(.unescapedJSON), let text = name?.text {
            return Array("{\"file\": {\"displayName\": \"\(text)\"}}".utf8)
        }
        let file = JSON.object(name.map { [JSON.Member("displayName", $0)] } ?? [])
        return JSON.object([JSON.Member("file", file)]).bytes(.compact)
    }

    /// Header fields are ASCII (RFC 9110, 5.5); what isn't goes as in an address.
    private var fileName: String {
        if client.has(.rawFileName) { return source.name }
        return source.name.utf8.map { byte in
            byte > 0x1F && byte < 0x7F && byte != UInt8(ascii: "%")
                ? String(UnicodeScalar(byte))
                : "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
        }.joined()
    }

    // MARK: The bytes

    /// How many bytes go next: whole multiples of what the service wants, or all that is left.
    private var length: Int {
        let most =
            client.has(.oddChunks)
            ? 100_000
            : client.has(.ignoresGranularity)
                ? client.settings.chunkSize
                : max(client.settings.chunkSize / max(granularity, 1) * granularity, granularity)
        let next = (offset / max(most, 1) + 1) * max(most, 1)
        return min(source.size, next) - offset
    }

    private func sendChunk() throws -> JSON? {
        if client.has(.skipsEmpty), source.size == 0 { return [:] }
        let count = length
        let bytes = try content(count)
        if !client.has(.ignoresChanges), source.hasChanged {
            throw ClientFailure("changed", "\(source.name) has changed while it was sent")
        }
        let isLast = offset + count == source.size
        let call = try request(isLast ? "upload, finalize" : "upload", bytes)
        switch try standing(call) {
        case .final(let file): return file
        case .active:
            if isLast { throw ClientFailure("protocol", "all bytes are sent, and it isn’t over") }
            offset += count
            failures = 0
            return nil
        }
    }

    private func content(_ count: Int) throws -> [UInt8] {
        do {
            return try source.bytes(at: client.has(.readsFromStart) ? 0 : offset, count)
        } catch {
            if client.has(.ignoresChanges) { return [UInt8](repeating: 0, count: count) }
            throw error
        }
    }

    private func request(_ command: String, _ bytes: [UInt8] = []) throws -> Call {
        var fields = [("X-Goog-Upload-Command", command)]
        if command != "query", !client.has(.noOffset) { fields.append(("X-Goog-Upload-Offset", "\(offset)")) }
        let timeout = client.has(.impatient) ? Duration.seconds(1) : client.settings.idleTimeout
        return try Call("POST", address, fields: fields, body: bytes, timeout: timeout, deadline: deadline)
    }

    // MARK: Answers

    private func standing(_ call: Call) throws -> Standing {
        guard call.status == 200 else { throw try failure(of: call) }
        switch call.field("x-goog-upload-status") {
        case "final":
            let file = try client.message(call)["file"]
            guard let file, file["name"] != nil else {
                throw ClientFailure("protocol", "the last answer names no file")
            }
            return .final(file)
        case "active":
            return .active(received: call.field("x-goog-upload-size-received").flatMap { Int($0) })
        case "cancelled":
            if client.has(.ignoresCancelled) { return .final([:]) }
            throw ClientFailure("cancelled", "the service has given the upload up")
        default:
            var failure = ClientFailure("protocol", "the answer doesn’t tell where the upload stands")
            failure.canRetry = true
            throw failure
        }
    }

    private func failure(of call: Call) throws -> ClientFailure {
        let body = try call.body()
        var failure = client.failure(of: call, body)
        // The upload server says what is wrong in plain text.
        if body.first != UInt8(ascii: "{"), !body.isEmpty, !client.has(.wantsJSONUploadErrors) {
            failure.message = String(decoding: body.prefix(1000), as: UTF8.self)
        }
        let isGoing = call.field("x-goog-upload-status") == "active"
        if [404, 410].contains(call.status), offset > 0 || sessions > 0, address.path.contains("upload_id") {
            failure.kind = "expired"
        } else if [400, 409, 412].contains(call.status), isGoing {
            failure.canRetry = true
        }
        return failure
    }

    // MARK: Going on

    /// Waits, asks where the upload stands and goes on from there.
    ///
    /// - Returns: the file, where the upload is over.
    /// - Throws: what went wrong, where it is of no use to go on.
    private func recover(from failure: ClientFailure) throws -> JSON? {
        var failure = failure
        while true {
            try pause(after: failure)
            if client.has(.neverQueries) { return nil }
            do {
                switch try standing(request("query")) {
                case .final(let file): return file
                case .active(let received):
                    if client.has(.ignoresReceived) { return nil }
                    if let received, received > offset { failures = 0 }
                    offset = min(received ?? offset, source.size)
                    return nil
                }
            } catch let again as ClientFailure {
                failure = again
            }
        }
    }

    private func pause(after failure: ClientFailure) throws {
        var failure = failure
        failures += 1
        failure.attempts = failures
        let isStubborn = client.has(.retriesUploadsForEver) || client.has(.ignoresReceived)
        let most = isStubborn ? 15 : client.settings.attempts
        let isHopeless = !failure.canRetry && !client.has(.retriesHopelessUploads)
        guard !isHopeless, failures < most, !client.has(.noUploadRetries) else { throw failure }
        if isStubborn || client.has(.busyUploads) { return }
        let wait = max(
            client.settings.uploadBackoff * (1 << min(failures - 1, 4)), failure.retryAfter ?? .zero)
        guard wait <= client.settings.longestWait, deadline.map({ .now + wait < $0 }) ?? true else {
            throw failure
        }
        client.sleep(for: wait)
    }
}
