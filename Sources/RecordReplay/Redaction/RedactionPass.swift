// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What is looked for in one exchange, and what is put in its place.
struct RedactionPass {
    let redactors: [Redactor]
    let patterns: [RedactionPattern]

    // MARK: - Heads

    func target(_ target: String) -> String {
        let redacted = redactors.reduce(target) { $1.target(RequestTarget($0)) }
        return text(RedactionPass.namingUploads(of: target, in: redacted))
    }

    func fields(_ fields: [HTTPFields.Field]) -> [HTTPFields.Field] {
        let redacted = redactors.reduce(fields) { $1.fields($0) }
        return zip(fields, redacted).map { old, new in
            HTTPFields.Field(new.name, value(of: old, redacted: new.value))
        }
    }

    private func value(of field: HTTPFields.Field, redacted: String) -> String {
        switch field.name.lowercased() {
        // The id of an upload (CORE 2.2, seen).
        case "x-guploader-uploadid": return Placeholder.upload(Array(field.value.utf8)[...])
        // A project by its number, or by its name.
        case "x-goog-user-project":
            let isNumber = !field.value.isEmpty && field.value.utf8.allSatisfy { 0x30...0x39 ~= $0 }
            guard isNumber else { return CredentialFields.placeholder }
            return "1" + String(repeating: "0", count: field.value.utf8.count - 1)
        default: return text(RedactionPass.namingUploads(of: field.value, in: redacted))
        }
    }

    /// Puts the names of uploads where their ids were.
    private static func namingUploads(of original: String, in redacted: String) -> String {
        let (old, new) = (Array(original.utf8), Array(redacted.utf8))
        let ids = uploads(in: old)
        guard !ids.isEmpty else { return redacted }
        var (named, at): ([UInt8], Int) = ([], 0)
        for (id, place) in zip(ids, uploads(in: new)) {
            named += new[at..<place.lowerBound]
            named += Placeholder.upload(old[id]).utf8
            at = place.upperBound
        }
        return String(decoding: named + new[at...], as: UTF8.self)
    }

    /// Where the values of upload ids are in a URL.
    private static func uploads(in url: [UInt8]) -> [Range<Int>] {
        let name = Array("upload_id=".utf8)
        var (found, at): ([Range<Int>], Int) = ([], 0)
        while at + name.count < url.count {
            guard url[at] == name[0], url[at...].starts(with: name) else {
                at += 1
                continue
            }
            let start = at + name.count
            at = start
            while at < url.count, url[at] > 0x20, !"&#".utf8.contains(url[at]) { at += 1 }
            if start < at { found.append(start..<at) }
        }
        return found
    }

    /// A text without project numbers, and without what the user's patterns match.
    private func text(_ text: String) -> String {
        var bytes = Array(text.utf8)
        let numbers = bytes.withUnsafeBufferPointer { ProjectNumber.matches(in: $0) }
        StringMask.overwriteDigits(numbers, in: &bytes)
        let found = matches(in: bytes)
        guard !numbers.isEmpty || !found.isEmpty else { return text }
        var (out, at): ([UInt8], Int) = ([], 0)
        for range in StringMask.merged(found) where !Placeholder.isOne(bytes[range]) {
            out += bytes[at..<range.lowerBound] + Array(CredentialFields.placeholder.utf8)
            at = range.upperBound
        }
        return String(decoding: out + bytes[at...], as: UTF8.self)
    }

    private func matches(in bytes: [UInt8]) -> [Range<Int>] {
        bytes.withUnsafeBufferPointer { bytes in patterns.flatMap { $0.matches(in: bytes) } }
    }

    // MARK: - Bodies

    /// Masks a body: also what is split between the events of a stream.
    func mask(_ body: inout [UInt8]) {
        var pieces = [body]
        for redactor in redactors { redactor.mask(&pieces) }
        body = pieces[0]
        // The beginning of one is left where a stream was cut off.
        if let cut = RedactionPass.cutSecret(atEndOf: body) {
            StringMask.apply([cut], to: &body, isJSON: false)
        }
        let numbers = body.withUnsafeBufferPointer { ProjectNumber.matches(in: $0) }
        StringMask.overwriteDigits(numbers, in: &body)
        guard !patterns.isEmpty else { return }
        let isJSON = RedactionPass.isLikeJSON(body)
        let split = Redactor.places(acrossEventsOf: body) { text in patterns.flatMap { $0.matches(in: text) }
        }
        StringMask.apply(
            (matches(in: body) + split).filter { !Placeholder.isOne(body[$0]) }, to: &body, isJSON: isJSON)
    }

    /// What is too short to be a secret by its shape, but stands at the very end and begins like one.
    private static func cutSecret(atEndOf body: [UInt8]) -> Range<Int>? {
        var start = body.count
        while start > 0, body.count - start < longestCut, isKeyByte(body[start - 1]) { start -= 1 }
        for mark in ["AIza", "ya29.", "AQ.", "GOCSPX-", "1//"] {
            for at in start..<max(start, body.count - shortestCut + 1)
            where body[at...].starts(with: mark.utf8) { return at..<body.count }
        }
        return nil
    }

    /// Less of a key helps nobody, in bytes.
    private static let shortestCut = 8
    private static let longestCut = 256

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"): true
        default: (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
        }
    }

    /// Whether a body is JSON or a stream of it. What only looks so is masked a little less.
    private static func isLikeJSON(_ body: [UInt8]) -> Bool {
        switch body.first(where: { $0 > 0x20 }) {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""): true
        case UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: ":"), UInt8(ascii: "i"):
            body.starts(with: "data:".utf8) || body.starts(with: "event:".utf8) || body.first == 0x3A
                || body.starts(with: "id:".utf8)
        default: false
        }
    }

    // MARK: - What is other

    static func change(_ before: String, _ after: String) -> (count: Int, beginning: String)? {
        guard before != after else { return nil }
        let (old, new) = (Array(before.utf8), Array(after.utf8))
        let start = zip(old, new).prefix { $0 == $1 }.count
        let end = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count
        return (1, beginning(old[min(start, old.count)..<max(start, old.count - end)]))
    }

    /// Of bodies, whose lengths are the same.
    static func change(_ before: [UInt8], _ after: [UInt8]) -> (count: Int, beginning: String)? {
        guard before != after else { return nil }
        var (count, first): (Int, Range<Int>?) = (0, nil)
        var at = 0
        while at < before.count {
            guard before[at] != after[at] else {
                at += 1
                continue
            }
            let start = at
            while at < before.count, before[at] != after[at] { at += 1 }
            count += 1
            first = first ?? start..<at
        }
        return (count, first.map { beginning(before[$0]) } ?? "")
    }

    /// So much of a secret may be shown: four characters, and never more than a quarter of it.
    static func beginning(_ secret: ArraySlice<UInt8>) -> String {
        let shown = secret.prefix(min(4, secret.count / 4)).prefix { 0x20...0x7E ~= $0 }
        return String(decoding: shown, as: UTF8.self)
    }
}
