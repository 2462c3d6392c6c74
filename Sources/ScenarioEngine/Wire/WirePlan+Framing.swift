// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension WirePlan {
    /// The plan as it is sent: as it was where its framing is whole, else everything from the status line on.
    ///
    /// - Parameter head: of the request.
    func framed(for head: RequestHead) -> ResponsePlan {
        if let instead {
            var plan = plan
            plan.framing = .raw
            plan.actions = instead
            return plan
        }
        // Only a raw plan breaks off without destroying what was sent before.
        guard flaw != nil || plan.actions.contains(.reset) || plan.actions.contains(.truncate) else {
            return plan
        }
        var raw = plan.raw(for: head)
        switch flaw {
        case nil: break
        case .length(let length): raw.announce(length)
        case .badSize(let offset):
            raw.breakChunk(of: plan.actions, from: offset) { chunk, size in
                Array("zz".utf8) + chunk.dropFirst(size)
            }
        case .shortChunk(let offset):
            let at = raw.breakChunk(of: plan.actions, from: offset) { chunk, size in
                // Of the data, which a line end follows on both sides.
                Array(chunk.prefix(size + 2 + (chunk.count - size - 4) / 2))
            }
            if let at { raw.actions.removeSubrange((at + 1)...) }
        }
        if let end = raw.actions.firstIndex(where: { $0 == .reset || $0 == .truncate }) {
            raw.actions.removeSubrange((end + 1)...)
        }
        return raw
    }
}

extension ResponsePlan {
    /// Has the head of a raw plan tell another length. It is the head's last field.
    fileprivate mutating func announce(_ length: Int) {
        guard case .send(let bytes)? = actions.first else { return }
        let field = "Content-Length: "
        let lines = EventLines(bytes).lines
        guard let at = lines.lastIndex(where: { $0.text.starts(with: field.utf8) }) else { return }
        var head = EventLines(bytes)
        head.lines[at].text = Array("\(field)\(length)".utf8)
        actions[0] = .send(head.bytes)
    }

    /// Changes a chunk of a raw plan: the first one from an offset of the body on.
    ///
    /// - Parameters:
    ///   - writes: the plan's actions without framing; each is one of this plan's, behind the head.
    ///   - change: gets the chunk and the number of digits of its size.
    /// - Returns: where it stands, nil where there is none.
    @discardableResult
    fileprivate mutating func breakChunk(
        of writes: [WireAction], from start: Int, _ change: (_ chunk: [UInt8], _ size: Int) -> [UInt8]
    ) -> Int? {
        var offset = 0
        for (index, write) in writes.enumerated() {
            guard case .send(let bytes) = write, !bytes.isEmpty else { continue }
            if offset >= start, actions.indices.contains(index + 1),
                case .send(let chunk) = actions[index + 1]
            {
                actions[index + 1] = .send(change(chunk, String(bytes.count, radix: 16).utf8.count))
                return index + 1
            }
            offset += bytes.count
        }
        return nil
    }
}
