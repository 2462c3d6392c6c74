// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Faults without a scenario.
extension ScenarioPlayer {
    /// Arms a fault for the next answers: it strikes each that fits, on top of what a stub breaks, until it has struck often
    /// enough. Several that fit strike at once, in the order in which they were armed. One that breaks streams waits for a
    /// stream, one of a step of an upload for that.
    ///
    /// - Parameters:
    ///   - text: YAML or JSON, an entry of a reply's `faults`. Its `times` counts all tenants together.
    ///   - condition: which requests fit; nil for all.
    ///   - times: how many answers it is to strike; 1 unless it is told here or in the text.
    ///   - file: what to call the text in problems.
    /// - Throws: all that is wrong with it, and that 1,000 are armed.
    public func arm(
        _ text: String, when condition: RequestCondition? = nil, times: Int? = nil, file: String = "fault",
        vocabulary: ScenarioVocabulary = .ofThisServer
    ) throws(ScenarioProblems) -> ArmedFault {
        let document = DocumentReader.read(Array(text.utf8), file: file)
        return try arm(document, when: condition, times: times, file: file, vocabulary: vocabulary)
    }

    /// - Parameter view: an entry of a reply's `faults`. Problems have the lines and columns of the whole text.
    public func arm(
        _ view: JSONView, when condition: RequestCondition? = nil, times: Int? = nil, file: String = "fault",
        vocabulary: ScenarioVocabulary = .ofThisServer
    ) throws(ScenarioProblems) -> ArmedFault {
        let document = DocumentReader.read(view, file: file)
        return try arm(document, when: condition, times: times, file: file, vocabulary: vocabulary)
    }

    public func arm(
        _ fault: MockFault, when condition: RequestCondition? = nil, times: Int? = nil,
        vocabulary: ScenarioVocabulary = .ofThisServer, file: String = #fileID, line: Int = #line
    ) throws(ScenarioProblems) -> ArmedFault {
        let value = LocatedJSON(fault.json, at: TextPlace(line: line, column: 1))
        return try arm(
            DocumentReader.Result(value: value, problems: []), when: condition, times: times, file: file,
            vocabulary: vocabulary)
    }

    private func arm(
        _ document: DocumentReader.Result, when condition: RequestCondition?, times: Int?, file: String,
        vocabulary: ScenarioVocabulary
    ) throws(ScenarioProblems) -> ArmedFault {
        let setting = try ScenarioDecoder.fault(document, file: file, vocabulary: vocabulary)
        var count = times ?? 1
        if case .times(let own) = setting.arming {
            guard times == nil else {
                throw ScenarioProblems("“times” is told twice, in the fault and beside it", in: file)
            }
            count = own
        }
        guard count > 0 else {
            throw ScenarioProblems("\(count) is too small for “times”: the least is 1", in: file)
        }
        let armed = change { $0.armed.arm(setting, when: condition, times: count) }
        guard let armed else {
            throw ScenarioProblems(
                "\(ArmedFaults.most) faults are armed already: disarm some of them", in: file)
        }
        return armed
    }

    /// All that were armed, in that order, spent ones too; of very many spent ones the first are forgotten.
    public var armedFaults: [ArmedFault] { state.withLock { $0.armed.list } }

    /// - Returns: whether there was such a one.
    @discardableResult
    public func disarm(_ id: Int) -> Bool { change { $0.armed.disarm(id) } }

    public func disarmAll() { change { $0.armed.disarmAll() } }
}
