// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What a request's body means. Two bodies mean the same whatever the order of members, white space, escapes, the spelling
/// of numbers (`1`, `1.0`) and of the API's own names (`topP`, `top_p`; those that are the user's own count as they are), the
/// alphabet and padding of base64, the host in the address of a file, and the values of what is named like a credential,
/// which no recording has. A member of the API that is null is one that isn't there, as protobuf reads it; no other
/// default is, since a message without members isn't a missing one.
struct BodyMeaning: Sendable {
    let ignored: IgnoredPlaces

    /// What tells kinds of values.
    private enum Kind {
        static let null: UInt64 = 1
        static let no: UInt64 = 2
        static let yes: UInt64 = 3
        static let whole: UInt64 = 4
        static let fraction: UInt64 = 5
        static let text: UInt64 = 6
        static let array: UInt64 = 7
        static let object: UInt64 = 8
        static let ignored: UInt64 = 9
        static let raw: UInt64 = 10
        static let parts: UInt64 = 11
    }

    /// Where in a body a value stands.
    private struct Position {
        var isOwn = false
        /// What the member says that it is the value of; of an element that of its array.
        var content = Content.plain
        var trails: [IgnoredPlaces.Trail]
    }

    /// What a member of the API tells with its texts.
    private enum Content {
        case plain
        case base64
        case address

        /// - Parameter name: in the API's spelling.
        init(ofMember name: UnsafeBufferPointer<UInt8>) {
            self =
                BodyMeaning.bytesNames.contains(name)
                ? .base64 : BodyMeaning.addressNames.contains(name) ? .address : .plain
        }
    }

    /// - Parameters:
    ///   - json: the same, parsed; nil where that is still to be tried.
    ///   - type: what `Content-Type` says.
    func meaning(of bytes: [UInt8], json: JSONView? = nil, type: String?) -> Meaning {
        if ignored.includesAll { return Meaning(Kind.ignored) }
        if let json { return meaning(of: json) }
        // Where nothing is sent, an empty message is.
        if bytes.isEmpty { return Meaning(Kind.object) }
        if let boundary = MultipartText.boundary(of: type),
            let parts = MultipartText.parts(of: bytes, boundary: boundary)
        {
            return meaning(of: parts)
        }
        if let document = try? JSONDocument(parsing: bytes) { return meaning(of: document.root) }
        var meaning = Meaning(Kind.raw)
        meaning.add(bytes)
        return meaning
    }

    func meaning(of json: JSONView) -> Meaning {
        json.withNodes { value($0, $1, at: Position(trails: ignored.start)) }
    }

    /// Boundaries are made up anew by each request.
    private func meaning(of parts: [MultipartText.Part]) -> Meaning {
        var meaning = Meaning(Kind.parts)
        for part in parts {
            meaning.add(part.type ?? "")
            meaning.add(self.meaning(of: part.bytes, type: nil))
        }
        return meaning
    }

    private func value(_ nodes: JSONNodes, _ at: Int, at position: Position) -> Meaning {
        switch nodes.kind(at) {
        case .null: Meaning(Kind.null)
        // `true` has four letters.
        case .bool: Meaning(nodes.raw(at).count == 4 ? Kind.yes : Kind.no)
        case .number: number(nodes.raw(at))
        case .string: nodes.withContent(at) { text($0, at: position) }
        case .array: array(nodes, at, at: position)
        case .object: object(nodes, at, at: position)
        }
    }

    private func number(_ digits: UnsafeBufferPointer<UInt8>) -> Meaning {
        let text = String(decoding: digits, as: UTF8.self)
        if let whole = Int(text) { return number(whole) }
        let value = Double(text) ?? 0
        if let whole = Int(exactly: value) { return number(whole) }
        var meaning = Meaning(Kind.fraction)
        meaning.add(value.bitPattern)
        return meaning
    }

    private func number(_ whole: Int) -> Meaning {
        var meaning = Meaning(Kind.whole)
        meaning.add(UInt64(bitPattern: Int64(whole)))
        return meaning
    }

    private func array(_ nodes: JSONNodes, _ array: Int, at position: Position) -> Meaning {
        var meaning = Meaning(Kind.array)
        var (at, index) = (array + 1, 0)
        while at < nodes.next(array) {
            defer { (at, index) = (nodes.next(at), index + 1) }
            guard let trails = ignored.step(position.trails, to: "\(index)") else {
                meaning.add(Kind.ignored)
                continue
            }
            var inside = position
            inside.trails = trails
            meaning.add(value(nodes, at, at: inside))
        }
        return meaning
    }

    private func object(_ nodes: JSONNodes, _ object: Int, at position: Position) -> Meaning {
        var meaning = Meaning(Kind.object)
        var name = object + 1
        while name < nodes.next(object) {
            let value = name + 1
            defer { name = nodes.next(value) }
            if nodes.kind(value) == .null, !position.isOwn { continue }
            guard let trails = ignored.step(position.trails, to: nodes.text(name)) else { continue }
            let whole = nodes.withContent(name) { sent in
                guard !position.isOwn else { return member(sent, nodes, value, position, trails) }
                return FieldName.withCanonical(sent) { member($0, nodes, value, position, trails) }
            }
            meaning.mix(whole)
        }
        return meaning
    }

    /// - Parameters:
    ///   - name: in the API's spelling.
    ///   - position: of the object.
    private func member(
        _ name: UnsafeBufferPointer<UInt8>, _ nodes: JSONNodes, _ value: Int, _ position: Position,
        _ trails: [IgnoredPlaces.Trail]
    ) -> Meaning {
        var meaning = Meaning()
        meaning.add(name)
        if CredentialFields.isCredential(named: name) {
            meaning.add(Kind.ignored)
        } else {
            let isOwn = position.isOwn || FieldName.holdsOwnNames(name)
            let content = isOwn ? .plain : Content(ofMember: name)
            let inside = Position(isOwn: isOwn, content: content, trails: trails)
            meaning.add(self.value(nodes, value, at: inside))
        }
        return meaning
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>, at position: Position) -> Meaning {
        var meaning = Meaning(Kind.text)
        if position.content == .base64, Base64Text(bytes) != nil {
            BodyMeaning.add(base64: bytes, to: &meaning)
        } else if position.content == .address, let file = BodyMeaning.file(in: bytes) {
            meaning.add(UnsafeBufferPointer(rebasing: bytes[file...]))
        } else {
            meaning.add(bytes)
        }
        return meaning
    }

    /// Members that are bytes: generateContent's `Blob.data` and signatures (CORE 4.2), media of `predict`, and what the
    /// Interactions API has of both (INTERACTIONS 2.2).
    private static let bytesNames = NameList([
        "data", "thoughtSignature", "signature", "imageBytes", "videoBytes", "audioBytes",
        "bytesBase64Encoded",
    ])

    /// Members that tell the address of a file (CORE 4.2, INTERACTIONS 2.2).
    private static let addressNames = NameList(["fileUri", "uri"])

    private static func add(base64 bytes: UnsafeBufferPointer<UInt8>, to meaning: inout Meaning) {
        let isPlain = bytes.allSatisfy { byte in
            byte != UInt8(ascii: "-") && byte != UInt8(ascii: "_") && byte != UInt8(ascii: "=") && byte > 0x20
                && byte != UInt8(ascii: ".")
        }
        if isPlain {
            meaning.add(bytes)
            return
        }
        var digits: [UInt8] = []
        digits.reserveCapacity(bytes.count)
        for byte in bytes where byte > 0x20 && byte != UInt8(ascii: "=") && byte != UInt8(ascii: ".") {
            switch byte {
            case UInt8(ascii: "-"): digits.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): digits.append(UInt8(ascii: "/"))
            default: digits.append(byte)
            }
        }
        meaning.add(digits)
    }

    /// Where `files/ID` begins in the address of a file, on whatever host; nil where it is none.
    private static func file(in address: UnsafeBufferPointer<UInt8>) -> Int? {
        guard address.count < 2048 else { return nil }
        let text = String(decoding: address, as: UTF8.self)
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else { return nil }
        let segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        // scheme, nothing, host, version, files, id.
        guard segments.count >= 6, String(Substring(segments[segments.count - 2])) == "files" else {
            return nil
        }
        return address.count - segments[segments.count - 1].count - "files/".utf8.count
    }
}
