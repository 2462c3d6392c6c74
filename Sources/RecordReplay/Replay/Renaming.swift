// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What the things are called in another run that a run names: ids of files, turns and events, addresses of files and uploads,
/// signatures and tokens. Learned from answers to the same request, place by place, and put into the requests that follow.
package struct Renaming: Sendable {
    /// More are forgotten: a recording has fewer. In names of both kinds.
    private static let most = 100_000

    private var names: [String: String] = [:]
    /// The other run's URLs by the targets of the one.
    private var uploads: [String: String] = [:]

    // MARK: Learning

    package init() {}

    /// - Parameters:
    ///   - one: of the run whose requests are to be changed.
    ///   - other: of the run whose names they get.
    package mutating func learn(_ one: RecordedAnswer, _ other: RecordedAnswer) {
        learnUpload(one, other)
        let (old, new) = (Renaming.found(in: one), Renaming.found(in: other))
        for (place, values) in old {
            for (one, other) in zip(values, new[place] ?? []) where names.count < Renaming.most {
                names[one] = other
                // As it stands in paths.
                if one.hasPrefix("files/"), other.hasPrefix("files/") {
                    names[String(one.dropFirst(6))] = String(other.dropFirst(6))
                }
            }
        }
    }

    private mutating func learnUpload(_ one: RecordedAnswer, _ other: RecordedAnswer) {
        guard let old = Renaming.uploadURL(one), let new = Renaming.uploadURL(other),
            let mark = Renaming.target(of: old), uploads.count < Renaming.most
        else { return }
        uploads[mark] = new
    }

    private static func uploadURL(_ answer: RecordedAnswer) -> String? {
        answer.fields.first { $0.name.lowercased() == "x-goog-upload-url" }?.value
    }

    /// Path and query of a URL.
    private static func target(of url: String) -> String? {
        guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else { return nil }
        let rest = url[colon...].dropFirst(3)
        return rest.firstIndex(of: "/").map { String(rest[$0...]) }
    }

    /// The names in an answer by their places, in their order.
    private static func found(in answer: RecordedAnswer) -> [String: [String]] {
        var found: [String: [String]] = [:]
        for value in AnswerContents(answer).values { collect(value, "", "", &found) }
        return found
    }

    private static func collect(
        _ view: JSONView, _ place: String, _ name: String, _ found: inout [String: [String]]
    ) {
        switch view.kind {
        case .string:
            guard let text = view.string, isName(text, of: name) else { return }
            found[place, default: []].append(text)
        case .array: for element in view.elements { collect(element, "\(place)/*", name, &found) }
        case .object:
            guard !FieldName.holdsOwnNames(name) else { return }
            for member in view.members {
                let name = member.name
                collect(member.value, "\(place)/\(name)", name, &found)
            }
        case .null, .bool, .number: return
        }
    }

    /// Members that name something (CORE 3.1, 4.2; INTERACTIONS 3 and 4); a `name` of a function doesn't.
    private static func isName(_ text: String, of member: String) -> Bool {
        switch member {
        case "name": text.contains("/")
        case "id", "uri", "fileUri", "downloadUri", "nextPageToken", "signature", "thoughtSignature",
            "responseId":
            !text.isEmpty
        default: !text.isEmpty && (member.hasSuffix("_id") || member.hasSuffix("_token"))
        }
    }

    // MARK: Putting them in

    /// A request of the one run as it is in the other, and where it goes, if that isn't its own target.
    package func applied(to request: RecordedRequest) -> (request: RecordedRequest, url: String?) {
        var request = request
        let url = uploads[request.target]
        request.target = target(request.target)
        if let bytes = request.body.bytes { request.body = RecordedBody(body(bytes)) }
        return (request, url)
    }

    /// Whether a path names something that was learned.
    package func knows(_ target: String) -> Bool {
        RequestTarget(target).segments.contains { segment in
            names[segment] != nil
                || segment.firstIndex(of: ":").map { names[String(segment[..<$0])] != nil } ?? false
        }
    }

    private func target(_ target: String) -> String {
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = halves[0].split(separator: "/", omittingEmptySubsequences: false).map { segment in
            let end = segment.firstIndex(of: ":") ?? segment.endIndex
            let decoded = PercentEncoding.decode(segment[..<end], plusIsBlank: false)
            return names[decoded].map { Renaming.encoded($0) + segment[end...] } ?? String(segment)
        }.joined(separator: "/")
        guard halves.count > 1 else { return path }
        let query = halves[1].split(separator: "&", omittingEmptySubsequences: false).map { item in
            guard let equals = item.firstIndex(of: "=") else { return String(item) }
            let value = PercentEncoding.decode(item[equals...].dropFirst(), plusIsBlank: true)
            return names[value].map { "\(item[...equals])\(Renaming.encoded($0))" } ?? String(item)
        }
        return "\(path)?\(query.joined(separator: "&"))"
    }

    private static func encoded(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            let isPlain =
                byte &- 0x61 < 26 || byte &- 0x41 < 26 || byte &- 0x30 < 10
                || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
            guard !isPlain else {
                encoded.append(byte)
                continue
            }
            let digits = Array("0123456789ABCDEF".utf8)
            encoded += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// All else stays as it was, to the byte.
    private func body(_ bytes: [UInt8]) -> [UInt8] {
        guard !names.isEmpty, let document = try? JSONDocument(parsing: bytes) else { return bytes }
        var places: [(range: Range<Int>, text: String)] = []
        find(document.root, &places)
        guard !places.isEmpty else { return bytes }
        var (changed, at): ([UInt8], Int) = ([], 0)
        for place in places {
            changed += bytes[at..<place.range.lowerBound]
            changed += JSON.string(place.text).bytes(.compact)
            at = place.range.upperBound
        }
        return changed + bytes[at...]
    }

    private func find(_ view: JSONView, _ places: inout [(range: Range<Int>, text: String)]) {
        switch view.kind {
        case .string:
            guard let text = view.string, let name = names[text] else { return }
            places.append((view.source.startIndex..<view.source.endIndex, name))
        case .array: for element in view.elements { find(element, &places) }
        case .object: for member in view.members { find(member.value, &places) }
        case .null, .bool, .number: return
        }
    }
}
