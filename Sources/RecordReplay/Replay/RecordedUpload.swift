// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A recorded resumable upload: what followed its start.
public struct RecordedUpload: Sendable {
    /// A request that went on with it.
    public struct Step: Sendable {
        /// Which exchange of the recording it is; from 0.
        public let exchange: Int
        public let head: UploadHead
        /// How many bytes it brought.
        public let length: Int
        /// Whether its commands aren't in the recording, and what the answer to it shows stands in `head`.
        public let isSupposed: Bool
    }

    public private(set) var steps: [Step] = []
    /// The one that ended it; nil where none did.
    public private(set) var last: Step?
    /// How many bytes were brought in all, and their SHA-256; nil where that isn't known, as where a request was broken off.
    public private(set) var length: Int?
    public private(set) var sha256: String?

    /// The id that the start's answer gives, unless it was left out.
    private var id: String?
    /// Up to where bytes have come.
    private var received = 0

    /// The uploads of a recording by the numbers of the exchanges that began them, from 0, and the numbers of those that went on
    /// with one.
    package static func all(in exchanges: [RecordedExchange]) -> (
        byStart: [Int: RecordedUpload], further: Set<Int>
    ) {
        var uploads: [Int: RecordedUpload] = [:]
        var (open, further): ([Int], Set<Int>) = ([], [])
        // By their numbers: copies of all of them would cost more than all else here.
        for number in exchanges.indices where isAboutUploads(exchanges[number].request) {
            let exchange = exchanges[number]
            let asked = AskedRequest(exchange.request)
            let head = UploadHead(asked.head)
            if begins(head), let address = address(in: exchange.answer) {
                var upload = RecordedUpload()
                upload.id = RequestTarget(address).queryValue("upload_id")
                uploads[number] = upload
                open.append(number)
            } else if head.id != nil, let start = start(of: head, among: open, uploads) {
                uploads[start]?.add(head, number, length: asked.body.length, answer: exchange.answer)
                further.insert(number)
            }
        }
        for start in open { uploads[start]?.seal(exchanges) }
        return (uploads, further)
    }

    private static func begins(_ head: UploadHead) -> Bool {
        head.begins || head.id == nil && head.commands.isEmpty
    }

    /// The same where so many exchanges stand before it.
    func moved(by count: Int) -> RecordedUpload {
        func moved(_ step: Step) -> Step {
            Step(
                exchange: step.exchange + count, head: step.head, length: step.length,
                isSupposed: step.isSupposed)
        }
        var upload = self
        upload.steps = steps.map(moved)
        upload.last = last.map(moved)
        return upload
    }

    /// Whether it is to the upload server (CORE 2.1).
    static func isAboutUploads(_ request: RecordedRequest) -> Bool {
        let path = request.target.utf8
        // Behind `/t/NAME` it may be, too.
        return path.starts(with: "/upload/".utf8) || path.starts(with: "/resumable/".utf8)
            || path.starts(with: "/t/".utf8) && RequestTarget(request.target).segments.first == "upload"
    }

    /// What an answer that begins an upload calls it; nil for others.
    package static func id(in answer: RecordedAnswer) -> String? {
        address(in: answer).flatMap { RequestTarget($0).queryValue("upload_id") }
    }

    private static func address(in answer: RecordedAnswer) -> String? {
        answer.fields.first { $0.name.lowercased() == "x-goog-upload-url" }?.value
    }

    /// Ids are credentials: where they were left out, the place in the file and the time tell, since uploads at the same time
    /// are rare.
    private static func start(
        of head: UploadHead, among open: [Int], _ uploads: [Int: RecordedUpload]
    ) -> Int? {
        if head.id != CredentialFields.placeholder,
            let known = open.last(where: { uploads[$0]?.id == head.id })
        {
            return known
        }
        let unfinished = open.filter { uploads[$0]?.last == nil }
        return unfinished.last { head.offset == nil || uploads[$0]?.received == head.offset }
            ?? unfinished.last ?? open.last
    }

    private mutating func add(
        _ sent: UploadHead, _ exchange: Int, length: Int, answer: RecordedAnswer
    ) {
        let isSupposed = sent.commands.isEmpty
        let head =
            isSupposed ? sent.supposed(by: answer, received: received, length: length) : sent
        let step = Step(exchange: exchange, head: head, length: length, isSupposed: isSupposed)
        steps.append(step)
        if step.head.commands.contains(.upload), step.head.offset == received { received += step.length }
        if step.head.commands.contains(.finalize), 200..<300 ~= answer.status { last = step }
    }

    /// Works out what all of its bytes are.
    private mutating func seal(_ exchanges: [RecordedExchange]) {
        guard last != nil else { return }
        var (bytes, at): ([UInt8], Int) = ([], 0)
        var isWhole = true
        for step in steps where step.head.commands.contains(.upload) && step.length > 0 {
            let body = exchanges[step.exchange].request.body
            // What was sent again after a broken request isn't told from what had arrived.
            guard step.head.offset == at else { return }
            at += step.length
            if let part = body.bytes {
                bytes += part
            } else {
                isWhole = false
                sha256 = body.sha256
            }
        }
        length = at
        if isWhole {
            sha256 = ContentHash.hex(of: bytes)
        } else if steps.count(where: { $0.length > 0 }) > 1 {
            sha256 = nil
        }
    }
}
