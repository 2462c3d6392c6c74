// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire

/// How a reply's bytes come.
extension ScenarioDecoder {
    /// - Parameter pattern: of the stub.
    func wire(_ value: LocatedJSON, _ pattern: RequestPattern) -> WireOptions? {
        guard let fields = FieldReader(value, as: ScenarioForm.wire, problems) else { return nil }
        var wire = WireOptions()
        wire.delay = fields["delay"].flatMap { duration($0) }
        wire.firstEvent = fields["firstEvent"].flatMap { duration($0) }
        if let value = fields["interval"] {
            wire.intervals = oneOrMore(value, "interval").compactMap { duration($0) }
        }
        wire.jitter = fields["jitter"].flatMap { share($0) }
        wire.bytesPerSecond = fields["bytesPerSecond"].flatMap { int($0, atLeast: 1) }
        if let value = fields["uploadBytesPerSecond"] {
            wire.uploadBytesPerSecond = int(value, atLeast: 1)
            let name = fields.present(["uploadBytesPerSecond"])[0]
            checkUpload(name.name, [.upload, .finalize], pattern, name.place)
        }
        wire.writes = fields["writes"].flatMap { writes($0) }
        return wire
    }

    private func writes(_ value: LocatedJSON) -> WireOptions.Writes? {
        guard let fields = FieldReader(value, as: ScenarioForm.writes, problems) else { return nil }
        let given = fields.present(ScenarioForm.writes.names)
        guard given.count == 1 else {
            problems.add(value.place, "writes needs one of bytes, events or at")
            return nil
        }
        let value = given[0].value
        switch given[0].name {
        case "bytes": return int(value, atLeast: 1).map { .bytes($0) }
        case "events": return int(value, atLeast: 1).map { .events($0) }
        default: return .at(offsets(value))
        }
    }

    private func offsets(_ value: LocatedJSON) -> [Int] {
        let values = list(value, "at", atLeast: 1)
        atMost(1000, values.count, value, "at")
        var offsets: [Int] = []
        for value in values.prefix(1000) {
            guard let offset = int(value, atLeast: 1) else { continue }
            if let last = offsets.last, last >= offset {
                problems.add(value.place, "the offsets must ascend, and \(offset) follows \(last)")
            }
            offsets.append(offset)
        }
        return offsets
    }

    /// From 0 to 1.
    private func share(_ value: LocatedJSON) -> Double? {
        switch value.kind {
        case .int(let number) where 0...1 ~= number: return Double(number)
        case .double(let number) where 0...1 ~= number: return number
        default:
            problems.add(value.place, "expected a number from 0 to 1, found \(value.description)")
            return nil
        }
    }

    // MARK: - Faults

    /// - Parameters:
    ///   - content: what they break; nil where that couldn't be read.
    ///   - pattern: of the stub.
    func faults(_ value: LocatedJSON, of content: Reply.Content?, _ pattern: RequestPattern)
        -> [FaultSetting]
    {
        let values = list(value, "faults", atLeast: 1)
        atMost(100, values.count, value, "faults")
        return values.prefix(100).compactMap { value in
            guard let fault = fault(value) else { return nil }
            checkScope(of: fault, content, pattern, value.place)
            return fault
        }
    }

    func fault(_ value: LocatedJSON) -> FaultSetting? {
        if case .string = value.kind {
            guard let entry = entry(value) else { return nil }
            for name in entry.required { problems.add(value.place, needs(name, entry)) }
            return FaultSetting(name: entry.name)
        }
        guard let fields = FieldReader(value, as: ScenarioForm.fault, problems),
            let entry = fields["fault"].flatMap({ entry($0) })
        else { return nil }
        for field in fields.present(ScenarioForm.fault.optional)
        where !["times", "probability"].contains(field.name) && !entry.options.contains(field.name) {
            let owners = FaultTable.entries.filter { $0.options.contains(field.name) }.map(\.name)
            problems.add(field.place, "“\(field.name)” goes with \(Quoted.choice(owners)) only")
        }
        for name in entry.required where fields[name] == nil { problems.add(value.place, needs(name, entry)) }
        return FaultSetting(name: entry.name, options: options(fields, entry), arming: arming(fields))
    }

    private func needs(_ name: String, _ entry: FaultTable.Entry) -> String {
        "“\(entry.name)” needs “\(name)” beside it"
    }

    private func entry(_ value: LocatedJSON) -> FaultTable.Entry? {
        word(value, among: FaultTable.names).flatMap { FaultTable.entry(named: $0) }
    }

    private func arming(_ fields: FieldReader) -> FaultSetting.Arming {
        if let value = fields["times"] {
            if fields["probability"] != nil {
                problems.add(value.place, "“times” and “probability” can’t stand in one fault")
            }
            return int(value, atLeast: 1).map { .times($0) } ?? .always
        }
        return fields["probability"].flatMap { share($0) }.map { .probability($0) } ?? .always
    }

    private func options(_ fields: FieldReader, _ entry: FaultTable.Entry) -> FaultOptions {
        var options = FaultOptions()
        options.after = fields["after"].flatMap { point($0, entry) }
        if let value = fields["form"], !entry.forms.isEmpty { options.form = word(value, among: entry.forms) }
        options.text = fields["text"].flatMap { line($0) }
        options.message = fields["message"].flatMap { text($0) }
        if let value = fields["error"], entry.options.contains("error") {
            options.error = error(value, entry, message: options.message)
        }
        options.by = fields["by"].flatMap { int($0, atLeast: -1_000_000_000) }
        options.duration = fields["for"].flatMap { duration($0) }
        options.bytes = fields["bytes"].flatMap { int($0, atLeast: 1) }
        options.location = fields["location"].flatMap { line($0) }
        if let value = fields["status"], let status = int(value, atLeast: 300) {
            if status > 399 { problems.add(value.place, "\(status) is no redirect: the most is 399") }
            options.status = status
        }
        return options
    }

    private func point(_ value: LocatedJSON, _ entry: FaultTable.Entry) -> WirePoint? {
        guard let fields = FieldReader(value, as: ScenarioForm.point, problems) else { return nil }
        switch (fields["events"], fields["bytes"]) {
        case (let events?, nil):
            if entry.countsBytes {
                problems.add(events.place, "“\(entry.name)” counts bytes of the request: expected {bytes: N}")
            }
            return int(events, atLeast: 0).map { .events($0) }
        case (nil, let bytes?):
            if entry.countsEvents {
                problems.add(bytes.place, "“\(entry.name)” counts events: expected {events: N}")
            }
            return int(bytes, atLeast: 0).map { .bytes($0) }
        default:
            problems.add(value.place, "after needs one of events or bytes")
            return nil
        }
    }

    /// A text that is to be part of a line.
    private func line(_ value: LocatedJSON) -> String? {
        guard let text = text(value) else { return nil }
        if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            problems.add(value.place, "this must be one line, without control characters")
        }
        return text
    }

    private func error(_ value: LocatedJSON, _ entry: FaultTable.Entry, message: String?) -> NamedError? {
        if entry.name == "html-page" {
            return word(value, among: HTMLPageFault.names).map { NamedError(name: $0, message: message) }
        }
        guard let name = word(value, among: vocabulary.errors) else { return nil }
        let error = NamedError(name: name, message: message)
        if let answer = ErrorCatalog.answer(error, about: ErrorSubject()) {
            guard case .status = answer else {
                problems.add(value.place, "\(Quoted.text(name)) is no object that can end a stream")
                return nil
            }
        }
        return error
    }

    /// Whether there can be anything to break.
    private func checkScope(
        of fault: FaultSetting, _ content: Reply.Content?, _ pattern: RequestPattern, _ place: TextPlace
    ) {
        guard let entry = FaultTable.entry(named: fault.name) else { return }
        switch entry.scope {
        case .any: return
        case .upload(let steps): checkUpload(entry.name, steps, pattern, place)
        case .stream, .events: checkStream(entry, content, pattern, place)
        }
    }

    private func checkUpload(
        _ name: String, _ steps: [UploadStep], _ pattern: RequestPattern, _ place: TextPlace
    ) {
        let asked =
            pattern.steps.isEmpty ? [.start, .whole] : pattern.steps.compactMap { UploadStep(rawValue: $0) }
        if pattern.endpoints == [ScenarioVocabulary.uploading], asked.contains(where: steps.contains) {
            return
        }
        problems.add(
            place,
            "“\(name)” needs a stub for the endpoint \(ScenarioVocabulary.uploading) with the step "
                + Quoted.choice(steps.map(\.rawValue)))
    }

    private func checkStream(
        _ entry: FaultTable.Entry, _ content: Reply.Content?, _ pattern: RequestPattern, _ place: TextPlace
    ) {
        let needs = "“\(entry.name)” breaks a stream, and"
        if let content, !content.mayStream {
            problems.add(place, "\(needs) this reply is none")
        } else if pattern.stream == false {
            problems.add(place, "\(needs) this stub wants none")
        } else if !pattern.endpoints.isEmpty,
            !pattern.endpoints.contains(where: ScenarioVocabulary.streaming.contains)
        {
            problems.add(place, "\(needs) \(Quoted.choice(pattern.endpoints)) gives none")
        }
    }
}
