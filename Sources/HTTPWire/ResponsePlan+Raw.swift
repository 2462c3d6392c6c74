// SPDX-License-Identifier: Apache-2.0

extension ResponsePlan {
    /// The raw plan that puts on the wire what the library would: what a fault that breaks heads or framing begins with.
    ///
    /// The first action sends the head; then each `send` is one action as before, in a chunked body with its size before and
    /// its line end behind it; the last one of a chunked body sends the last chunk. Waits and breaks keep their places.
    ///
    /// What differs from the library's bytes: `Connection: close` stands first, as on a request that asks for it, since the
    /// connection ends; no `Date` is added to a plan without one; a `send` that is larger than the library's buffer (some
    /// kilobytes) is one chunk here and several there. An HTTP/1.1 client is assumed.
    public func raw(for head: RequestHead) -> ResponsePlan {
        guard framing != .raw else { return self }
        if let pending { return .pending(pending.mapped { $0.raw(for: head) }) }
        let isChunked = framing == .chunked && !actions.isEmpty && head.method != "HEAD"
        var plan = self
        plan.framing = .raw
        plan.actions = [.send(headBytes(isChunked: isChunked, isToHEAD: head.method == "HEAD"))]
        guard head.method != "HEAD", self.head.allowsBody else { return plan }
        plan.actions += isChunked ? actions.map(\.asChunk) + [.send(Array("0\r\n\r\n".utf8))] : actions
        return plan
    }

    private func headBytes(isChunked: Bool, isToHEAD: Bool) -> [UInt8] {
        var text = "HTTP/1.1 \(head.status) \(ReasonPhrase.text(head.status))\r\n"
        text += "Connection: \((["close"] + head.connectionTokens).joined(separator: ", "))\r\n"
        for field in head.sentFields { text += "\(field.name): \(field.value)\r\n" }
        if isChunked {
            text += "Transfer-Encoding: chunked\r\n"
        } else if head.status != 204 {
            // What the socket side makes of a chunked answer to HEAD, whose last chunk the library would send.
            text +=
                "Content-Length: \(isToHEAD && framing == .chunked ? 0 : announcedLength ?? bodyLength)\r\n"
        }
        return Array((text + "\r\n").utf8)
    }
}

extension ResponseHead {
    fileprivate var allowsBody: Bool { status != 204 && status != 304 }

    /// What the plan's own `Connection` fields say besides the end or the staying of the connection.
    fileprivate var connectionTokens: [String] {
        fields.filter { $0.name.lowercased() == "connection" }.flatMap { field in
            field.value.split { $0 == "," || $0 == " " || $0 == "\t" }.map(String.init)
        }.filter { !["close", "keep-alive"].contains($0.lowercased()) }
    }

    /// The fields that the library sends in their places. It leaves out those that it writes itself, all but the last
    /// `Date`, and what would break the head.
    fileprivate var sentFields: [HTTPFields.Field] {
        let lastDate = fields.lastIndex { $0.name.lowercased() == "date" }
        return fields.enumerated().filter { index, field in
            let name = field.name.lowercased()
            if ["connection", "content-length", "transfer-encoding"].contains(name) { return false }
            if name == "date", index != lastDate { return false }
            return !field.name.isEmpty && !field.value.isEmpty
                && !field.name.utf8.contains { [0x09, 0x0A, 0x0D, 0x20].contains($0) }
                && !field.value.utf8.contains { [0x0A, 0x0D].contains($0) }
        }.map(\.element)
    }
}

extension WireAction {
    /// The action with its bytes as a chunk; nothing becomes of an empty `send`, which would be the last chunk.
    fileprivate var asChunk: WireAction {
        switch self {
        case .send(let bytes) where !bytes.isEmpty:
            var chunk = Array("\(String(bytes.count, radix: 16, uppercase: true))\r\n".utf8)
            chunk.reserveCapacity(chunk.count + bytes.count + 2)
            chunk += bytes
            chunk += Array("\r\n".utf8)
            return .send(chunk)
        case .live(let live):
            return .live(LiveActions(wokenBy: live.wakeUp) { live.next(&$0)?.asChunk })
        case .send, .wait, .nap, .truncate, .reset, .pending: return self
        }
    }
}
