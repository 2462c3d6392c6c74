// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// An exchange as another tool's file has it, before it is made into one of ours.
struct SourceExchange {
    let url: SourceURL
    let method: String
    var requestFields: [HTTPFields.Field]
    var requestBody: SourceBody
    var status: Int
    var answerFields: [HTTPFields.Field]
    var answerBody: SourceBody
    /// Nil where the header fields tell.
    var framing: RecordedAnswer.Framing?
    var ending = RecordedAnswer.Ending.complete
    var writes: [RecordedAnswer.Write] = []
    /// RFC 3339; empty where it isn't known.
    var made = ""
    /// Whether it was exported from a recording.
    var isOurs = false
    /// Of that recording; nil of all others.
    var matching: Recording.Matching?
    /// What is known to be lost.
    var losses: Set<ImportLoss> = []

    /// - Throws: where the method or the status is none.
    static func method(_ node: SourceNode) throws(SourceProblem) -> String {
        guard let text = node["method"]?.text, (1...20).contains(text.utf8.count),
            text.utf8.allSatisfy({ ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 == UInt8(ascii: "-") })
        else { throw .missing("method", "that of a request", in: node) }
        return text.uppercased()
    }

    static func url(_ node: SourceNode, _ name: String) throws(SourceProblem) -> SourceURL {
        guard let text = node[name]?.text, let url = SourceURL(text) else {
            throw .missing(name, "an http or https URL", in: node)
        }
        return url
    }

    static func status(_ node: SourceNode, _ name: String) throws(SourceProblem) -> Int {
        guard let status = node[name]?.int, RecordedAnswer.statuses ~= status else {
            throw .missing(name, "a status from 200 to 599", in: node)
        }
        return status
    }

    // MARK: - As ours

    /// What is kept of it, and what is lost.
    func recorded() -> (RecordedExchange, Set<ImportLoss>) {
        var losses = losses
        let framing = framing ?? framingOfFields
        let sent = uncoded(requestFields, requestBody, &losses)
        let came = uncoded(answerFields, answerBody, &losses)
        let exchange = RecordedExchange(
            request: RecordedRequest(
                method: method, target: url.target,
                fields: ConnectionFields.removed(from: sent).filter { $0.name.lowercased() != "host" },
                body: requestBody.recorded),
            answer: RecordedAnswer(
                status: status, fields: ConnectionFields.removed(from: came), framing: framing,
                body: answerBody.recorded, writes: writes, ending: ending))
        // What was in the recording that it was exported from is there.
        if isOurs { return (exchange, []) }
        if case .missing = requestBody { losses.insert(.missingBodies) }
        if case .missing = answerBody { losses.insert(.missingBodies) }
        if requestFields.isEmpty, answerFields.isEmpty { losses.insert(.fields) }
        if exchange.answer.body.length > 0, writes.isEmpty { losses.insert(.times) }
        if writes.count < 2, framing == .chunked, exchange.answer.body.length > 0,
            BodyForm.value(of: "content-type", answerFields).hasPrefix("text/event-stream")
        {
            losses.insert(.cuts)
        }
        return (exchange, losses)
    }

    private var framingOfFields: RecordedAnswer.Framing {
        if BodyForm.value(of: "transfer-encoding", answerFields).contains("chunked") { return .chunked }
        // HTTP/2 tells neither.
        let isStream = BodyForm.value(of: "content-type", answerFields).hasPrefix("text/event-stream")
        return isStream && BodyForm.value(of: "content-length", answerFields).isEmpty ? .chunked : .length
    }

    /// The fields without `Content-Encoding` where the body isn't coded in the file.
    private func uncoded(
        _ fields: [HTTPFields.Field], _ body: SourceBody, _ losses: inout Set<ImportLoss>
    ) -> [HTTPFields.Field] {
        guard case .bytes(let bytes, _) = body, !(isOurs && bytes.isEmpty) else { return fields }
        let coding = BodyForm.value(of: "content-encoding", fields)
        guard !coding.isEmpty, coding != "identity", !body.isCoded(coding) else { return fields }
        if !bytes.isEmpty { losses.insert(.coding) }
        return fields.filter { $0.name.lowercased() != "content-encoding" }
    }
}
