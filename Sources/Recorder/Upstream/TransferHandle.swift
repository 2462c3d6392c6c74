// SPDX-License-Identifier: Apache-2.0

import CCurl
import HTTPWire
import MicroHTTP

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// libcurl's handle of one transfer. The pool's thread only.
final class TransferHandle {
    let transfer: Transfer
    let easy: CurlLibrary.Handle
    /// Whether something has come that the client's side wasn't told of.
    var hasNews = false
    private let curl: CurlLibrary
    private var fields: CurlLibrary.List?
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var reader = AnswerHeadReader()
    private let begun = MonotonicClock.nanoseconds
    /// When the last byte of the body went to the library; 0 while it hasn't.
    private var bodySent: Int64 = 0
    /// When the request had been sent whole.
    var requestSent: Int64 {
        guard bodySent == 0 else { return bodySent }
        let microseconds = gm_curl_offset(curl.getInfo, easy, CURLINFO_PRETRANSFER_TIME_T)
        return begun + Int64(max(0, microseconds)) * 1000
    }

    /// Nil where there is no memory.
    init?(_ transfer: Transfer, _ curl: CurlLibrary, _ settings: TransferPool.Settings) {
        guard let easy = curl.makeEasy() else { return nil }
        self.transfer = transfer
        self.curl = curl
        self.easy = easy
        errorText.pointee = 0
        let request = transfer.request
        curl.set(CURLOPT_URL, request.url, on: easy)
        // As the client has spelled it.
        curl.set(CURLOPT_PATH_AS_IS, 1, on: easy)
        curl.set(CURLOPT_CUSTOMREQUEST, request.method, on: easy)
        // The spelling of names and the chunks would be lost in HTTP/2.
        curl.set(CURLOPT_HTTP_VERSION, 2, on: easy)
        curl.set(CURLOPT_HTTP_CONTENT_DECODING, 0, on: easy)
        curl.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1, on: easy)
        curl.set(CURLOPT_NOSIGNAL, 1, on: easy)
        curl.set(CURLOPT_TCP_NODELAY, 1, on: easy)
        curl.set(CURLOPT_CONNECTTIMEOUT, settings.connectSeconds, on: easy)
        curl.set(CURLOPT_LOW_SPEED_LIMIT, 1, on: easy)
        curl.set(CURLOPT_LOW_SPEED_TIME, settings.idleSeconds, on: easy)
        curl.set(CURLOPT_TIMEOUT, settings.wholeSeconds, on: easy)
        if let file = settings.authorityFile {
            curl.set(CURLOPT_CAINFO, file, on: easy)
            // Else a library that was built so (Debian's) trusts those in a folder of the system, too, and reads all of them
            // for each connection, 30 ms of the pool's thread.
            _ = gm_curl_set_text(curl.setOption, easy, CURLOPT_CAPATH, nil)
        }
        _ = gm_curl_set_pointer(curl.setOption, easy, CURLOPT_ERRORBUFFER, errorText)
        setBody(request)
        setFields(request)
        let this = Unmanaged.passUnretained(self).toOpaque()
        for option in [CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_READDATA, CURLOPT_SEEKDATA] {
            _ = gm_curl_set_pointer(curl.setOption, easy, option, this)
        }
        _ = gm_curl_set_bytes(curl.setOption, easy, CURLOPT_WRITEFUNCTION, answerContinues)
        _ = gm_curl_set_bytes(curl.setOption, easy, CURLOPT_HEADERFUNCTION, answerLineArrived)
        _ = gm_curl_set_bytes(curl.setOption, easy, CURLOPT_READFUNCTION, requestContinues)
        _ = gm_curl_set_seek(curl.setOption, easy, requestBeginsAnew)
    }

    deinit { errorText.deallocate() }

    /// Nothing of it is used afterwards.
    func free() {
        curl.freeEasy(easy)
        curl.freeList(fields)
        fields = nil
    }

    private func setBody(_ request: UpstreamRequest) {
        if request.method == "HEAD" { curl.set(CURLOPT_NOBODY, 1, on: easy) }
        switch request.length {
        case .none, .known(0): return
        case .known(let length):
            _ = gm_curl_set_offset(curl.setOption, easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(length))
            // A body that isn't kept can't be repeated where a connection that was kept turns out to be closed.
            if length > Transfer.window { curl.set(CURLOPT_FRESH_CONNECT, 1, on: easy) }
        case .unknown: curl.set(CURLOPT_FRESH_CONNECT, 1, on: easy)
        }
        curl.set(CURLOPT_UPLOAD, 1, on: easy)
    }

    private func setFields(_ request: UpstreamRequest) {
        var lines: [String] = []
        for field in request.fields {
            // The library's way to write a field without a value.
            lines.append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        if request.length == .known(0) { lines.append("Content-Length: 0") }
        // Else it adds its own.
        let names = Set(request.fields.map { $0.name.lowercased() })
        for name in ["Accept", "Expect", "User-Agent"] where !names.contains(name.lowercased()) {
            lines.append("\(name):")
        }
        for line in lines {
            // The library takes what follows a line end for another field.
            guard !line.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) else { continue }
            fields = curl.append(fields, line) ?? fields
        }
        _ = gm_curl_set_pointer(curl.setOption, easy, CURLOPT_HTTPHEADER, fields)
    }

    /// What a result of the library means.
    func ending(_ result: CURLcode) -> TransferEnding {
        guard result != CURLE_OK else { return reader.isDone ? .complete : .failed("it has sent no answer") }
        let own = String(cString: errorText)
        let why = own.isEmpty ? curl.describe(result).map { String(cString: $0) } ?? "" : own
        guard reader.isDone else { return .failed(why) }
        let number = gm_curl_long(curl.getInfo, easy, CURLINFO_OS_ERRNO)
        // GnuTLS tells a reset as a failed read (-54), and an end without a word of TLS as -110.
        let isReset = number == Int(ECONNRESET) || why.contains("reset") || why.contains("(-54)")
        return result == CURLE_RECV_ERROR && isReset ? .reset : .truncated
    }

    // MARK: - What the library calls

    fileprivate func takeLine(_ bytes: UnsafeRawBufferPointer) {
        guard let head = reader.take(Array(bytes)) else { return }
        transfer.take(head)
        transfer.witness.received(head, at: MonotonicClock.nanoseconds)
        hasNews = true
    }

    /// - Returns: false where they have to come again.
    fileprivate func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard transfer.take(Array(bytes)) else { return false }
        transfer.witness.received(bytes, at: MonotonicClock.nanoseconds)
        hasNews = true
        return true
    }

    fileprivate func give(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let count = transfer.give(into: buffer)
        if count == 0 || count.map(isLast) ?? false { bodySent = MonotonicClock.nanoseconds }
        return count
    }

    private var given = 0

    /// Whether the announced length has been given; the library doesn't ask again then.
    private func isLast(_ count: Int) -> Bool {
        given += count
        return transfer.request.length == .known(given)
    }

    fileprivate func rewind() -> Bool {
        given = 0
        return transfer.rewind()
    }
}

// Global functions since C calls them; none of them throws, traps or waits.

private func handle(_ closure: UnsafeMutableRawPointer?) -> TransferHandle? {
    closure.map { Unmanaged<TransferHandle>.fromOpaque($0).takeUnretainedValue() }
}

private func answerLineArrived(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ closure: UnsafeMutableRawPointer?
) -> Int {
    handle(closure)?.takeLine(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

private func answerContinues(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ closure: UnsafeMutableRawPointer?
) -> Int {
    guard let handle = handle(closure) else { return 0 }
    let isTaken = handle.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return isTaken ? size * count : gm_curl_write_pause
}

private func requestContinues(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ closure: UnsafeMutableRawPointer?
) -> Int {
    guard let handle = handle(closure) else { return gm_curl_read_abort }
    let given = handle.give(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
    return given ?? gm_curl_read_pause
}

private func requestBeginsAnew(_ closure: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32)
    -> Int32
{
    guard offset == 0, origin == SEEK_SET, handle(closure)?.rewind() ?? false else { return 1 }
    return 0
}
