// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Bodies, and the writes of those that came in pieces.
extension RecordingReader {
    struct Body {
        var body: RecordedBody
        /// Those that the pieces tell.
        var writes: [RecordedAnswer.Write]
    }

    static let bodyForm = Form(
        title: "a body",
        names: [
            "json", "text", "base64", "file", "leftOut", "events", "elements", "layout", "length", "lines",
            "decoded",
        ], requiredCount: 0)
    /// How many of the names tell the content.
    private static let contentCount = 7
    static let leftOutForm = Form(
        title: "“leftOut”", names: ["length", "sha256"], requiredCount: 1)

    func body(_ at: Int) -> Body {
        let nothing = Body(body: RecordedBody([]), writes: [])
        guard let members = members(at, RecordingReader.bodyForm) else { return nothing }
        let contents = (0..<RecordingReader.contentCount).filter { members[$0] != nil }
        guard contents.count == 1, let kind = contents.first, let content = members[kind] else {
            let names = RecordingReader.bodyForm.names.prefix(RecordingReader.contentCount)
            add(
                at,
                "a body needs one of \(names.map(\.description).joined(separator: ", ")), found \(contents.count)"
            )
            return nothing
        }
        checkCompany(of: kind, members)
        let layout = members[7].flatMap(layout)
        let found = read(content, kind, layout, members)
        if let decoded = members[10] { compare(decoded, with: found.body) }
        return found
    }

    private func read(_ content: Int, _ kind: Int, _ layout: JSONLayout?, _ members: Members) -> Body {
        switch kind {
        case 0:
            return Body(body: RecordedBody(json(content, layout ?? .compact)), writes: [])
        case 1: return Body(body: RecordedBody(text(content)), writes: [])
        case 2: return Body(body: RecordedBody(base64(content)), writes: [])
        case 3: return Body(body: RecordedBody(file(content, length: members[8])), writes: [])
        case 4: return Body(body: leftOut(content), writes: [])
        default:
            var stream = StreamReader(self, isEvents: kind == 5, layout: layout)
            if let lines = members[9] { stream.setLineEnd(lines) }
            return stream.read(content)
        }
    }

    /// What is shown of a compressed body is for those who read: it is what is in the body, or nobody sees what is replayed.
    private func compare(_ decoded: Int, with body: RecordedBody) {
        let shown = self.body(decoded).body
        guard isThorough, let bytes = body.bytes, let text = shown.bytes else { return }
        guard Gzip.decode(bytes, limit: RecordingFormat.longestInlineStream)?.bytes != text else { return }
        add(decoded, "“decoded” isn't what is in the compressed body; what is replayed is the body")
    }

    /// Tells what says nothing beside that content.
    private func checkCompany(of kind: Int, _ members: Members) {
        let fitting: [Int] =
            switch kind {
            case 0, 6: [7]
            case 2: [10]
            case 3: [8, 10]
            case 5: [7, 9]
            default: []
            }
        for index in 7...10 where !fitting.contains(index) {
            guard let value = members[index] else { continue }
            let names = RecordingReader.bodyForm.names
            add(value, "“\(names[index])” says nothing beside “\(names[kind])”")
        }
    }

    func layout(_ at: Int) -> JSONLayout? {
        guard let name = string(at, "“layout”") else { return nil }
        if let layout = JSONLayout(named: name) { return layout }
        add(
            at, "“\(name.prefix(60))” is no layout",
            suggestion: Suggestion.nearest(to: name, among: JSONLayout.names))
        return nil
    }

    func json(_ at: Int, _ layout: JSONLayout) -> [UInt8] {
        var bytes: [UInt8] = []
        // It has hardly more where it was laid out like this file, and less where it was in fewer lines.
        bytes.reserveCapacity(nodes.range(at).count + 16)
        layout.append(nodes, at, to: &bytes)
        return bytes
    }

    /// A text, or several to be joined.
    func text(_ at: Int) -> [UInt8] {
        switch nodes.kind(at) {
        case .string: return nodes.withContent(at) { Array($0) }
        case .array:
            var lines: [Int] = []
            forEach(at) { line in
                if nodes.kind(line) == .string {
                    lines.append(line)
                } else {
                    add(line, "each line must be a text, found \(kindName(line))")
                }
            }
            return nodes.joined(lines)
        default:
            add(at, "expected a text or a list of texts, found \(kindName(at))")
            return []
        }
    }

    func base64(_ at: Int) -> [UInt8] {
        guard nodes.kind(at) == .string else {
            add(at, "expected base64, found \(kindName(at))")
            return []
        }
        let decoded = nodes.withContent(at) { Base64Text($0)?.decoded() }
        if decoded == nil { add(at, "isn't base64") }
        return decoded ?? []
    }

    private func file(_ at: Int, length: Int?) -> [UInt8] {
        let length = length.flatMap { count($0, "“length”") }
        guard let name = string(at, "“file”") else { return [] }
        guard BodyName.isValid(name) else {
            add(at, "a file must be bodies/SHA256.EXTENSION, found “\(name.prefix(120))”")
            return []
        }
        switch content(of: name) {
        case .failure(let failure):
            add(at, "\(name): \(failure.reason)")
            return []
        case .success(let bytes):
            if let length, bytes.count != length {
                add(at, "\(name) has \(bytes.count) bytes, not \(length): it was changed")
            }
            return bytes
        }
    }

    private func leftOut(_ at: Int) -> RecordedBody {
        guard let members = members(at, RecordingReader.leftOutForm) else { return RecordedBody([]) }
        var body = RecordedBody(leftOut: members[0].flatMap { count($0, "“length”") } ?? 0, sha256: "")
        body.sha256 = members[1].flatMap { string($0, "“sha256”") }
        if let hash = body.sha256, let place = members[1], !BodyName.isHash(hash[...]) {
            add(place, "“sha256” must be 64 hex digits in lower case")
        }
        return body
    }
}

/// The names of bodies that stand beside recordings.
enum BodyName {
    /// Whether it is `bodies/<sha256>.<extension>`, and so leads nowhere else.
    static func isValid(_ name: String) -> Bool {
        let prefix = "\(RecordingFormat.bodyFolder)/"
        return name.hasPrefix(prefix) && isFileName(name.dropFirst(prefix.count))
    }

    static func isFileName(_ name: Substring) -> Bool {
        let halves = name.split(separator: ".", omittingEmptySubsequences: false)
        return halves.count == 2 && isHash(halves[0]) && (1...8).contains(halves[1].utf8.count)
            && halves[1].utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 }
    }

    static func isHash(_ text: Substring) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { 0x61...0x66 ~= $0 || 0x30...0x39 ~= $0 }
    }

    /// The hash that the name tells.
    static func hash(of name: String) -> Substring? {
        isValid(name) ? name.dropFirst(RecordingFormat.bodyFolder.count + 1).prefix(64) : nil
    }
}
