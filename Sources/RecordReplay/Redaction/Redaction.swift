// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Takes out of exchanges what must not be kept: credentials in any place, cookies, upload ids, project numbers, and what the
/// user's own patterns match.
///
/// What stands in the place of it says nothing of it, but for upload ids: each keeps a name of its own, since the requests of
/// an upload are told by it. Bodies keep their lengths, so writes and offsets fit. Doing it again changes nothing.
public struct Redaction: Sendable {
    private let patterns: [RedactionPattern]
    /// In groups that one redactor takes.
    private let secrets: [[String]]
    private static let groupSize = 8
    /// Compressed bodies that hold more aren't searched, and so aren't kept; in bytes.
    private static let decodedLimit = 256 * 1024 * 1024

    /// What was changed, and where. It doesn't show what was there.
    public struct Change: Sendable, Equatable {
        public enum Place: Sendable, Equatable {
            case target
            /// A header field, by its place among them.
            case header(Int, name: String)
            case body
        }

        public let isAnswer: Bool
        public let place: Place
        /// How many pieces were replaced.
        public let count: Int
        /// What was there begins so: four characters at most, and never more than a quarter of it.
        let beginning: String
        /// Whether the body couldn't be searched, and was left out.
        let isLeftOut: Bool

        /// Such as `request header Cookie`.
        public var placeName: String {
            let side = isAnswer ? "answer" : "request"
            return switch place {
            case .target: "\(side) target"
            case .header(_, let name): "\(side) header \(name)"
            case .body: "\(side) body"
            }
        }
    }

    /// - Parameters:
    ///   - patterns: what they match isn't kept either.
    ///   - secrets: what must not be kept wherever it stands; those of less than 6 bytes aren't looked for.
    public init(patterns: [RedactionPattern] = [], secrets: [String] = []) {
        self.patterns = patterns
        let known = secrets.filter { !$0.isEmpty }
        self.secrets = stride(from: 0, to: known.count, by: Redaction.groupSize).map { start in
            Array(known[start..<min(known.count, start + Redaction.groupSize)])
        }
    }

    /// An exchange as it may be kept. For recorders: what isn't redacted never reaches the disk.
    public static func recorded(_ exchange: RecordedExchange, patterns: [RedactionPattern] = [])
        -> RecordedExchange
    {
        Redaction(patterns: patterns).redact(exchange).exchange
    }

    /// An exchange as it may be kept, and what is other in it.
    public func redact(_ exchange: RecordedExchange) -> (exchange: RecordedExchange, changes: [Change]) {
        let request = exchange.request
        let head = RequestHead(
            method: request.method, target: RequestTarget(request.target), fields: HTTPFields(request.fields))
        // What stands there already in the place of a secret is none.
        let own = Redactor.secrets(of: head).filter { !Placeholder.isOne(Array($0.utf8)[...]) }
        let pass = RedactionPass(
            redactors: [Redactor(secrets: own)] + secrets.map { Redactor(secrets: $0) }, patterns: patterns)
        var (result, changes) = (exchange, [Change]())
        result.request.target = pass.target(request.target)
        if let change = RedactionPass.change(request.target, result.request.target) {
            changes.append(Redaction.change(false, .target, change))
        }
        result.request.fields = pass.fields(request.fields)
        changes += Redaction.changes(false, request.fields, result.request.fields)
        redactBody(&result.request.body, request.fields, pass, isAnswer: false, &changes)
        result.answer.fields = pass.fields(exchange.answer.fields)
        changes += Redaction.changes(true, exchange.answer.fields, result.answer.fields)
        let length = result.answer.body.length
        redactBody(&result.answer.body, exchange.answer.fields, pass, isAnswer: true, &changes)
        if result.answer.body.bytes != nil, result.answer.body.length != length {
            result.answer.writes = Redaction.scaled(
                exchange.answer.writes, from: length, to: result.answer.body.length)
        }
        return (result, changes)
    }

    private static func change(
        _ isAnswer: Bool, _ place: Change.Place, _ change: (count: Int, beginning: String)
    ) -> Change {
        Change(
            isAnswer: isAnswer, place: place, count: change.count, beginning: change.beginning,
            isLeftOut: false)
    }

    private static func changes(
        _ isAnswer: Bool, _ before: [HTTPFields.Field], _ after: [HTTPFields.Field]
    ) -> [Change] {
        before.indices.compactMap { index in
            RedactionPass.change(before[index].value, after[index].value).map {
                change(isAnswer, .header(index, name: before[index].name), $0)
            }
        }
    }

    // MARK: - Bodies

    private func redactBody(
        _ body: inout RecordedBody, _ fields: [HTTPFields.Field], _ pass: RedactionPass, isAnswer: Bool,
        _ changes: inout [Change]
    ) {
        guard let bytes = body.bytes, !bytes.isEmpty else { return }
        let coding = BodyForm.value(of: "content-encoding", fields)
        var content = bytes
        var isWhole = true
        if !coding.isEmpty, coding != "identity" {
            guard coding == "gzip", let decoded = Gzip.decode(bytes, limit: Redaction.decodedLimit) else {
                body = RecordedBody(leftOut: bytes.count, sha256: ContentHash.hex(of: bytes))
                changes.append(
                    Change(isAnswer: isAnswer, place: .body, count: 1, beginning: "", isLeftOut: true))
                return
            }
            (content, isWhole) = (decoded.bytes, decoded.isWhole)
        }
        let before = content
        pass.mask(&content)
        guard let change = RedactionPass.change(before, content) else { return }
        changes.append(Redaction.change(isAnswer, .body, change))
        body = RecordedBody(coding == "gzip" ? Gzip.encode(content, isWhole: isWhole) ?? [] : content)
    }

    /// Writes of a body that has another length now: each as long in proportion.
    private static func scaled(
        _ writes: [RecordedAnswer.Write], from old: Int, to new: Int
    ) -> [RecordedAnswer.Write] {
        guard old > 0, writes.reduce(0, { $0 + $1.count }) == old else { return writes }
        var (offset, done) = (0, 0)
        return writes.map { write in
            offset += write.count
            let end = Int(Double(offset) / Double(old) * Double(new))
            defer { done = end }
            return RecordedAnswer.Write(at: write.at, count: (offset == old ? new : end) - done)
        }
    }
}
