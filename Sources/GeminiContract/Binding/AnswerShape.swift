// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What a request asks of the form of its answer: no line breaks, a part of the fields, enums as numbers (CORE 4.2).
public struct AnswerShape: Sendable {
    private let isCompact: Bool
    private let usesNumbers: Bool
    private let mask: FieldMask
    private let message: Int
    private let schema: MessageSchema

    /// - Parameter message: the name of the one that is answered.
    /// - Returns: nil where nothing is asked, as nearly always.
    /// - Throws: the refusal of a mask with fields that aren't there.
    public init?(
        query: [RequestTarget.QueryItem], message name: String, schema: MessageSchema = .core
    ) throws(APIError) {
        guard !query.isEmpty, let message = schema.message(name) else { return nil }
        var (isCompact, usesNumbers, fields) = (false, false, "")
        for item in query {
            switch item.name {
            case "prettyPrint", "$prettyPrint": isCompact = ["false", "0"].contains(item.value)
            case "alt", "$alt": usesNumbers = usesNumbers || item.value.hasSuffix(";enum-encoding=int")
            case "fields", "$fields": fields = item.value
            default: continue
            }
        }
        guard isCompact || usesNumbers || !fields.isEmpty else { return nil }
        var mask = FieldMask()
        if !fields.isEmpty {
            guard let read = FieldMask(fields) else { throw .noSuchFields(fields) }
            if let path = read.mismatch(schema, message) { throw .noSuchFields(path) }
            mask = read
        }
        self.isCompact = isCompact
        self.usesNumbers = usesNumbers
        self.mask = mask
        self.message = message
        self.schema = schema
    }

    /// An answer in that form.
    ///
    /// - Parameters:
    ///   - answer: a whole JSON text of ours; anything else is given back as it is.
    ///   - style: how it is written where nothing else is asked.
    public func applied(to answer: [UInt8], style: JSONStyle) -> [UInt8] {
        guard let root = try? JSONDocument(parsing: answer, grammar: .strict).root else { return answer }
        let style = isCompact && style == .pretty ? .compact : style
        return object(root, message, mask).bytes(style)
    }

    private func object(_ view: JSONView, _ message: Int, _ mask: FieldMask) -> JSON {
        .object(
            view.members.compactMap { member in
                let number = member.withNameBytes { schema.field($0, of: message) }
                guard let number else {
                    return mask.isLeaf ? JSON.Member(member.name, JSON(member.value)) : nil
                }
                let field = schema.fields[number]
                guard mask.isLeaf || mask.branch(field) != nil else { return nil }
                return JSON.Member(
                    member.name, value(member.value, field, mask.branch(field) ?? FieldMask()))
            })
    }

    private func value(_ view: JSONView, _ field: MessageSchema.Field, _ mask: FieldMask) -> JSON {
        switch (view.kind, field.kind) {
        case (.array, _) where field.shape == .repeated: .array(view.elements.map { value($0, field, mask) })
        case (.object, .message) where field.shape != .map: object(view, field.target, mask)
        case (.string, .enumeration) where usesNumbers: enumeration(view, field.target)
        default: JSON(view)
        }
    }

    /// The number of a value; its name where nobody knows the number.
    private func enumeration(_ view: JSONView, _ number: Int) -> JSON {
        let value = view.withStringBytes { schema.value($0, of: number) } ?? nil
        return value.flatMap { schema.enumerations[number].values[$0].number }.map { .int($0) } ?? JSON(view)
    }
}
