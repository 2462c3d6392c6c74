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
        var isOwn: Bool
        /// The member that it is the value of, in the API's spelling; of an element that of its array.
        var name: String
        var trails: [IgnoredPlaces.Trail]
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
        value(json, at: Position(isOwn: false, name: "", trails: ignored.start))
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

    private func value(_ view: JSONView, at position: Position) -> Meaning {
        switch view.kind {
        case .null: return Meaning(Kind.null)
        case .bool: return Meaning(view.bool == true ? Kind.yes : Kind.no)
        case .number: return number(view)
        case .string: return text(view, at: position)
        case .array: return array(view, at: position)
        case .object: return object(view, at: position)
        }
    }

    private func number(_ view: JSONView) -> Meaning {
        var meaning: Meaning
        if let whole = view.int {
            meaning = Meaning(Kind.whole)
            meaning.add(UInt64(bitPattern: Int64(whole)))
        } else {
            meaning = Meaning(Kind.fraction)
            meaning.add((view.double ?? 0).bitPattern)
        }
        return meaning
    }

    private func array(_ view: JSONView, at position: Position) -> Meaning {
        var meaning = Meaning(Kind.array)
        var index = 0
        for element in view.elements {
            defer { index += 1 }
            guard let trails = ignored.step(position.trails, to: "\(index)") else {
                meaning.add(Kind.ignored)
                continue
            }
            var inside = position
            inside.trails = trails
            meaning.add(value(element, at: inside))
        }
        return meaning
    }

    private func object(_ view: JSONView, at position: Position) -> Meaning {
        var meaning = Meaning(Kind.object)
        for member in view.members {
            let sent = member.name
            let name = position.isOwn ? sent : FieldName.canonical(sent)
            if member.value.isNull, !position.isOwn { continue }
            guard let trails = ignored.step(position.trails, to: sent) else { continue }
            var whole = Meaning()
            whole.add(name)
            if CredentialFields.isCredential(named: name) {
                whole.add(Kind.ignored)
            } else {
                let isOwn = position.isOwn || FieldName.holdsOwnNames(name)
                whole.add(value(member.value, at: Position(isOwn: isOwn, name: name, trails: trails)))
            }
            meaning.mix(whole)
        }
        return meaning
    }

    private func text(_ view: JSONView, at position: Position) -> Meaning {
        var meaning = Meaning(Kind.text)
        view.withStringBytes { bytes in
            if !position.isOwn, BodyMeaning.bytesNames.contains(position.name), Base64Text(bytes) != nil {
                BodyMeaning.add(base64: bytes, to: &meaning)
            } else if !position.isOwn, BodyMeaning.addressNames.contains(position.name),
                let file = BodyMeaning.file(in: bytes)
            {
                meaning.add(UnsafeBufferPointer(rebasing: bytes[file...]))
            } else {
                meaning.add(bytes)
            }
        }
        return meaning
    }

    /// Members that are bytes: generateContent's `Blob.data` and signatures (CORE 4.2), media of `predict`, and what the
    /// Interactions API has of both (INTERACTIONS 2.2).
    private static let bytesNames: Set = [
        "data", "thoughtSignature", "signature", "imageBytes", "videoBytes", "audioBytes",
        "bytesBase64Encoded",
    ]

    /// Members that tell the address of a file (CORE 4.2, INTERACTIONS 2.2).
    private static let addressNames: Set = ["fileUri", "uri"]

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
