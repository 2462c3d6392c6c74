// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A request as a step of an operation: how long after the one before it came, and which bytes of an upload it brought.
struct OperationStep {
    let view: EntryView
    let reading: JournalReading
    let before: (view: EntryView, reading: JournalReading)?

    /// A line's worth of the entry, and more.
    var json: JSON {
        guard case .object(var members) = view.summary else { return view.summary }
        if let before {
            members.append(.init("gap", .double(OperationStep.milliseconds(gap(behind: before.reading)))))
            if let wait = before.view.entry.answer.flatMap({ OperationStep.announcedWait($0) }) {
                members.append(.init("announcedGap", .double(OperationStep.milliseconds(wait))))
            }
        }
        if let upload { members.append(.init("upload", upload)) }
        return .object(members)
    }

    /// From the end of the answer before, or from when it was known where it hasn't ended, to the beginning of the request;
    /// real time, in nanoseconds. Negative where they overlap.
    private func gap(behind before: JournalReading) -> Int64 {
        let end = before.delivery.ending == nil ? before.facts.answered : before.delivery.ended
        return reading.facts.arrival.head - end
    }

    /// With three decimals.
    private static func milliseconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds / 1000) / 1000 }

    // MARK: Waits

    /// How long an answer tells its client to wait, in nanoseconds: `retryDelay` of its details, else `Retry-After` in seconds.
    private static func announcedWait(_ answer: JournalEntry.Answer) -> Int64? {
        retryDelay(answer)
            ?? answer.fields.first { $0.name.lowercased() == "retry-after" }
            .flatMap { nanoseconds($0.value) }
    }

    private static func retryDelay(_ answer: JournalEntry.Answer) -> Int64? {
        let bytes = AnswerBytes(answer)
        let text = bytes.events(isStream: false).last?.data ?? bytes.bytes
        guard let root = try? JSONDocument(parsing: text, grammar: .strict).root else { return nil }
        // Streams that are arrays tell errors in one (CORE 6.0).
        let message = root.elements.map(\.self).last ?? root
        for detail in message["error"]?["details"]?.elements.map(\.self) ?? [] {
            guard let delay = detail["retryDelay"]?.string, delay.hasSuffix("s") else { continue }
            return nanoseconds(String(delay.dropLast()))
        }
        return nil
    }

    private static func nanoseconds(_ seconds: String) -> Int64? {
        guard let seconds = Double(seconds), (0...1e6).contains(seconds) else { return nil }
        return Int64(seconds * 1e9)
    }

    // MARK: Uploads

    /// Which bytes it brought; nil where it is no step of an upload that tells.
    private var upload: JSON? {
        func value(_ name: String, _ fields: [HTTPFields.Field]) -> String? {
            fields.first { $0.name.lowercased() == name }?.value
        }
        let request = view.entry.request
        guard let command = value("x-goog-upload-command", request.fields) else { return nil }
        var members: [JSON.Member] = [.init("command", .string(command))]
        if let offset = value("x-goog-upload-offset", request.fields).flatMap({ Int($0) }), offset >= 0,
            command.lowercased().contains("upload"), request.body.length < Int.max - offset
        {
            members.append(.init("from", .int(offset)))
            members.append(.init("to", .int(offset + request.body.length)))
        }
        let answer = view.entry.answer?.fields ?? []
        if let status = value("x-goog-upload-status", answer) {
            members.append(.init("status", .string(status)))
        }
        if let size = value("x-goog-upload-size-received", answer).flatMap({ Int($0) }) {
            members.append(.init("sizeReceived", .int(size)))
        }
        return .object(members)
    }
}
