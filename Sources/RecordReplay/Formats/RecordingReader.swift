// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Reads the JSON of a recording, and tells all that is wrong with it.
///
/// Works on the numbers of values (`JSONNodes`): a recording has some hundred thousand, and a view of each would cost more than
/// all else.
final class RecordingReader {
    /// The names that the members of an object may have.
    struct Form {
        /// What the object is called in problems.
        let title: String
        /// Those that must be there come first.
        let names: [StaticString]
        let requiredCount: Int
    }

    /// Gives the bytes of a body that stands beside the recording, or says why not.
    typealias BodySource = @Sendable (_ name: String) -> Result<[UInt8], BodyFailure>

    struct BodyFailure: Error {
        let reason: String
    }

    let nodes: JSONNodes
    private let bodies: BodyShelf
    var knownFields = KnownFields()
    /// Whether what is told twice is compared: hashes with what they are of, compressed bodies with what is shown of them.
    let isThorough: Bool
    /// Offset, message, suggestion.
    private(set) var problems: [(offset: Int, message: String, suggestion: String?)] = []
    /// More aren't told.
    static let mostProblems = 100

    convenience init(_ nodes: JSONNodes, isThorough: Bool = false, source: @escaping BodySource) {
        self.init(nodes, isThorough: isThorough, bodies: BodyShelf(source))
    }

    private init(_ nodes: JSONNodes, isThorough: Bool, bodies: BodyShelf) {
        self.nodes = nodes
        self.isThorough = isThorough
        self.bodies = bodies
    }

    var isFull: Bool { problems.count >= RecordingReader.mostProblems }

    /// All of them, by what the published JSON Schema calls them; the recording itself has no name there.
    static var forms: [(String, Form)] {
        [
            ("", form), ("matching", matchingForm), ("exchange", exchangeForm), ("request", requestForm),
            ("answer", answerForm), ("body", bodyForm), ("leftOut", leftOutForm),
            ("event", StreamReader.eventForm), ("element", StreamReader.elementForm),
        ]
    }

    // MARK: - The recording

    private static let form = Form(
        title: "a recording", names: ["format", "exchanges", "name", "upstream", "made", "matching"],
        requiredCount: 2)
    private static let matchingForm = Form(
        title: "“matching”", names: ["inOrder", "ignoredPointers", "ignoredParameters", "headers"],
        requiredCount: 0)
    private static let exchangeForm = Form(
        title: "an exchange", names: ["request", "answer"], requiredCount: 2)

    /// - Parameter name: for a recording that doesn't say its own.
    func recording(_ at: Int, named name: String) -> Recording? {
        guard let members = members(at, RecordingReader.form), let format = members[0],
            isText(format, equal: RecordingFormat.identifier), let list = members[1]
        else { return nil }
        var recording = head(members, named: name)
        guard nodes.kind(list) == .array else {
            add(list, "“exchanges” must be a list, found \(kindName(list))")
            return nil
        }
        recording.exchanges = exchanges(list)
        return recording
    }

    /// Those of a long recording are read by several threads.
    private func exchanges(_ list: Int) -> [RecordedExchange] {
        var places: [Int] = []
        forEach(list) { places.append($0) }
        let parts = ParallelParts.map(places.count) { [nodes, isThorough, bodies, places] range in
            let reader = RecordingReader(nodes, isThorough: isThorough, bodies: bodies)
            let exchanges = range.compactMap { reader.isFull ? nil : reader.exchange(places[$0]) }
            return (exchanges: exchanges, problems: reader.problems)
        }
        var exchanges: [RecordedExchange] = []
        for part in parts {
            problems += part.problems.prefix(RecordingReader.mostProblems - problems.count)
            if exchanges.isEmpty { exchanges = part.exchanges } else { exchanges += part.exchanges }
        }
        return exchanges
    }

    /// What the first line of a part says.
    func head(_ at: Int) -> Recording? {
        let form = Form(
            title: "the first line", names: ["format", "mode", "name", "upstream", "made", "matching"],
            requiredCount: 2)
        guard let members = members(at, form), let format = members[0],
            isText(format, equal: RecordingFormat.identifier)
        else { return nil }
        return head(members, named: "")
    }

    private func head(_ members: Members, named name: String) -> Recording {
        Recording(
            name: members[2].flatMap { string($0, "“name”") } ?? name,
            upstream: members[3].flatMap { string($0, "“upstream”") } ?? "",
            made: members[4].flatMap { string($0, "“made”") } ?? "",
            matching: members[5].map(matching) ?? Recording.Matching())
    }

    private func isText(_ at: Int, equal text: String) -> Bool {
        if string(at, "“format”") == text { return true }
        if nodes.kind(at) == .string { add(at, "the format isn't one that is known", suggestion: text) }
        return false
    }

    private func matching(_ at: Int) -> Recording.Matching {
        var matching = Recording.Matching()
        guard let members = members(at, RecordingReader.matchingForm) else { return matching }
        if let order = members[0] { matching.isInOrder = bool(order, "“inOrder”") ?? false }
        if let list = members[1] {
            matching.ignoredPointers = strings(list, "“ignoredPointers”") { text in
                text.isEmpty || text.hasPrefix("/") ? nil : "isn't a JSON Pointer: those begin with “/”"
            }
        }
        if let list = members[2] { matching.ignoredParameters = strings(list, "“ignoredParameters”") }
        if let list = members[3] { matching.headers = strings(list, "“headers”") }
        return matching
    }

    func exchange(_ at: Int) -> RecordedExchange? {
        guard let members = members(at, RecordingReader.exchangeForm), let first = members[0],
            let second = members[1]
        else { return nil }
        let request = request(first)
        guard let answer = answer(second), let request else { return nil }
        return RecordedExchange(request: request, answer: answer)
    }

    // MARK: - Values

    /// The numbers of an object's values, by the place of their name in the form.
    struct Members {
        fileprivate var values: [Int]

        subscript(index: Int) -> Int? { values[index] == 0 ? nil : values[index] }
    }

    /// Nil where it is no object, or one of those that must be there is missing.
    func members(_ at: Int, _ form: Form) -> Members? {
        guard nodes.kind(at) == .object else {
            add(at, "\(form.title) must be an object, found \(kindName(at))")
            return nil
        }
        var members = Members(values: [Int](repeating: 0, count: form.names.count))
        var name = at + 1
        let end = nodes.next(at)
        while name < end {
            if let index = form.names.firstIndex(where: { self.is(name, $0) }) {
                if members.values[index] != 0 { add(name, "“\(form.names[index])” is told twice") }
                members.values[index] = name + 1
            } else {
                unknown(name, form)
            }
            name = nodes.next(name + 1)
        }
        let missing = form.names.indices.prefix(form.requiredCount).filter { members.values[$0] == 0 }
        for index in missing { add(at, "\(form.title) needs “\(form.names[index])”") }
        return missing.isEmpty ? members : nil
    }

    func unknown(_ name: Int, _ form: Form) {
        guard !isFull else { return }
        let text = nodes.text(name)
        add(
            name, "\(form.title) has no “\(text.prefix(60))”",
            suggestion: Suggestion.nearest(to: text, among: form.names.map(\.description)))
    }

    /// Whether a name or a string is that one.
    func `is`(_ at: Int, _ name: StaticString) -> Bool {
        let raw = nodes.raw(at)
        guard raw.count == name.utf8CodeUnitCount else { return false }
        for offset in 0..<raw.count where raw[offset] != name.utf8Start[offset] { return false }
        return true
    }

    func string(_ at: Int, _ title: String) -> String? {
        guard nodes.kind(at) == .string else {
            add(at, "\(title) must be a text, found \(kindName(at))")
            return nil
        }
        return nodes.text(at)
    }

    private func strings(
        _ at: Int, _ title: String, _ fault: (String) -> String? = { _ in nil }
    ) -> [String] {
        guard nodes.kind(at) == .array else {
            add(at, "\(title) must be a list, found \(kindName(at))")
            return []
        }
        var texts: [String] = []
        forEach(at) { element in
            guard let text = string(element, "what is in \(title)") else { return }
            if let fault = fault(text) { add(element, "“\(text.prefix(60))” \(fault)") }
            texts.append(text)
        }
        return texts
    }

    private func bool(_ at: Int, _ title: String) -> Bool? {
        guard nodes.kind(at) == .bool else {
            add(at, "\(title) must be true or false, found \(kindName(at))")
            return nil
        }
        return nodes.raw(at).count == 4
    }

    /// A whole number without sign.
    func count(_ at: Int, _ title: String) -> Int? {
        if nodes.kind(at) == .number, let value = Int(String(decoding: nodes.raw(at), as: UTF8.self)),
            value >= 0
        {
            return value
        }
        add(at, "\(title) must be a whole number, found \(kindName(at))")
        return nil
    }

    /// Microseconds.
    func time(_ at: Int, _ title: String) -> Int? {
        if nodes.kind(at) == .number, let value = Milliseconds.value(nodes.raw(at)) { return value }
        add(
            at, "\(title) must be milliseconds, 0 or more, with three decimals at most, found \(kindName(at))"
        )
        return nil
    }

    func forEach(_ at: Int, _ body: (Int) -> Void) {
        var index = at + 1
        let end = nodes.next(at)
        while index < end {
            body(index)
            index = nodes.next(index)
        }
    }

    /// The bytes of a body that stands beside.
    func content(of name: String) -> Result<[UInt8], BodyFailure> {
        bodies.content(of: name, isThorough: isThorough)
    }

    /// The bodies that stand beside, as far as they were there.
    var bodyNames: Set<String> { bodies.names }

    func kindName(_ at: Int) -> String {
        switch nodes.kind(at) {
        case .null: "null"
        case .bool: "true or false"
        case .number: "the number \(String(decoding: nodes.raw(at).prefix(40), as: UTF8.self))"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }

    func add(_ at: Int, _ message: String, suggestion: String? = nil) {
        guard !isFull else { return }
        let start = nodes.range(at).lowerBound
        problems.append((nodes.kind(at) == .string ? start - 1 : start, message, suggestion))
    }
}
