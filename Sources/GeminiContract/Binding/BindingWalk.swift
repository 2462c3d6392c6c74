// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One walk over a text. Strings are made for violations only.
struct BindingWalk {
    /// Three bytes can cause a violation and a hundred tell it, so there must be an end to them.
    private static let maximumCount = 1000
    /// A refusal tells everything twice, and a byte can take six in JSON: how much of what was sent it may repeat.
    private static let maximumEcho = 1 << 20
    private static let maximumDescription = 1 << 18

    private let schema: MessageSchema
    private let package: String
    private let nodes: JSONNodes
    private var path = BindingPath()
    private(set) var violations: [FieldViolation] = []
    private var echoed = 0
    private(set) var base64 = Base64Shapes()

    init(schema: MessageSchema, package: String, nodes: JSONNodes) {
        self.schema = schema
        self.package = package
        self.nodes = nodes
    }

    mutating func root(_ at: Int, message: Int) {
        guard nodes.kind(at) == .object else {
            return add(.unknownName("", at: "", because: "Root element must be a message."))
        }
        members(at, message: message)
    }

    private mutating func members(_ object: Int, message: Int) {
        var takenOneofs: UInt64 = 0
        let end = nodes.next(object)
        var key = object + 1
        while key < end, !isFull {
            let value = key + 1
            defer { key = nodes.next(value) }
            guard let number = nodes.withContent(key, { schema.field($0, of: message) }) else {
                add(.unknownName(nodes.text(key), at: path.text(schema), because: unknown(key)))
                continue
            }
            if nodes.kind(value) == .null { continue }
            let field = schema.fields[number]
            if field.oneof > 0 {
                let bit = UInt64(1) << UInt64(field.oneof & 63)
                guard takenOneofs & bit == 0 else {
                    let group = schema.messages[message].oneofs[field.oneof - 1]
                    add(.oneof(group, at: path.text(schema), name: nodes.text(key)))
                    continue
                }
                takenOneofs |= bit
            }
            member(value, key: key, number: number, field)
        }
    }

    private func unknown(_ key: Int) -> String {
        nodes.raw(key).isEmpty ? "Proto fields must have a name." : "Cannot find field."
    }

    private mutating func member(_ value: Int, key: Int, number: Int, _ field: MessageSchema.Field) {
        switch (nodes.kind(value), field.shape) {
        case (.array, .single) where field.kind != .value:
            let because = "Proto field is not repeating, cannot start list."
            add(.unknownName(nodes.text(key), at: path.text(schema), because: because))
        case (.array, .map):
            add(
                .invalid(
                    at: path.text(schema), type: "Map",
                    "Cannot bind a list to map for field '\(nodes.text(key))'."
                )
            )
        case (.array, .repeated):
            path.push(.field(number))
            list(value, field)
            path.pop()
        case (.object, .map):
            path.push(.field(number))
            entries(value, field)
            path.pop()
        case (.object, _) where field.isScalar:
            startedObject(field)
        default:
            path.push(.field(number))
            single(value, field)
            path.pop()
        }
    }

    /// An object where a scalar belongs: told of the message around it, with the field's name for the type (seen).
    private mutating func startedObject(_ field: MessageSchema.Field) {
        add(
            .invalid(
                at: path.text(schema), type: field.protoName, "Starting an object on a scalar field"
            )
        )
    }

    private mutating func list(_ array: Int, _ field: MessageSchema.Field) {
        let end = nodes.next(array)
        var (element, index) = (array + 1, 0)
        while element < end, !isFull {
            path.push(.index(index))
            switch nodes.kind(element) {
            case .null: break
            case .array where field.kind != .value: list(element, field)
            case .object where field.isScalar: startedObject(field)
            default: single(element, field)
            }
            path.pop()
            index += 1
            element = nodes.next(element)
        }
    }

    /// Entries of a map go by their place in the text, not by their names (CORE 6.3, seen).
    private mutating func entries(_ object: Int, _ field: MessageSchema.Field) {
        let end = nodes.next(object)
        var (key, index) = (object + 1, 0)
        while key < end, !isFull {
            path.push(.entry(index))
            switch nodes.kind(key + 1) {
            case .null: break
            case .array where field.kind != .value:
                let because = "Proto field is not repeating, cannot start list."
                add(.unknownName(nodes.text(key), at: path.text(schema), because: because))
            case .object where field.isScalar: startedObject(field)
            default: single(key + 1, field)
            }
            path.pop()
            index += 1
            key = nodes.next(key + 1)
        }
    }

    /// A value that is no list; `path` stands at it.
    mutating func single(_ at: Int, _ field: MessageSchema.Field) {
        let kind = nodes.kind(at)
        switch field.kind {
        case .value: return
        case .message where field.shape == .map && kind != .object && path.endsAtField:
            mismatch(at, type: typeName(mapEntry: field))
        case .message where kind == .object: members(at, message: field.target)
        case .message: mismatch(at, type: typeName(schema.messages[field.target].name))
        case .structure where kind != .object:
            mismatch(at, type: "type.googleapis.com/google.protobuf.Struct")
        case .structure: return
        case .duration, .timestamp:
            // Their parts can be sent as an object, too.
            if kind != .object { time(at, field) }
        case .bytes: bytes(at)
        case .enumeration:
            guard !ScalarForm.isEnumeration(nodes, at, schema, field.target) else { return }
            mismatch(at, type: typeName(schema.enumerations[field.target].name))
        case .string: if kind != .string { mismatch(at, type: "TYPE_STRING") }
        case .bool: if !ScalarForm.isBool(nodes, at) { mismatch(at, type: "TYPE_BOOL") }
        case .int32: if !ScalarForm.isInteger(nodes, at, bits: 32) { mismatch(at, type: "TYPE_INT32") }
        case .int64: if !ScalarForm.isInteger(nodes, at, bits: 64) { mismatch(at, type: "TYPE_INT64") }
        case .float: if !ScalarForm.isNumber(nodes, at, isFloat: true) { mismatch(at, type: "TYPE_FLOAT") }
        case .double: if !ScalarForm.isNumber(nodes, at, isFloat: false) { mismatch(at, type: "TYPE_DOUBLE") }
        }
    }

    private mutating func bytes(_ at: Int) {
        guard nodes.kind(at) == .string else { return mismatch(at, type: "TYPE_BYTES") }
        let shape = nodes.withContent(at) { Base64Text($0)?.shape }
        if let shape {
            base64.append(shape, at: at)
        } else {
            add(.base64(nodes.text(at), at: path.text(schema)))
        }
    }

    private mutating func time(_ at: Int, _ field: MessageSchema.Field) {
        guard let problem = TimeForm.problem(nodes, at, isDuration: field.kind == .duration) else { return }
        let type = field.kind == .duration ? "Duration" : "Timestamp"
        add(
            .invalid(
                at: path.text(schema), type: "type.googleapis.com/google.protobuf.\(type)",
                "Field '\(field.jsonName)', \(problem)"
            )
        )
    }

    private mutating func mismatch(_ at: Int, type: String) {
        add(.invalid(at: path.text(schema), type: type, ScalarForm.echo(nodes, at)))
    }

    private func typeName(_ name: String) -> String {
        name.hasPrefix("google.") ? "type.googleapis.com/\(name)" : "type.googleapis.com/\(package).\(name)"
    }

    /// The type that a map's entries have: the message around it, and the field's name in capitals.
    private func typeName(mapEntry field: MessageSchema.Field) -> String {
        let name = field.jsonName.prefix(1).uppercased() + field.jsonName.dropFirst()
        return typeName("\(schema.messages[field.message].name).\(name)Entry")
    }

    private var isFull: Bool {
        violations.count >= BindingWalk.maximumCount || echoed >= BindingWalk.maximumEcho
    }

    private mutating func add(_ violation: FieldViolation) {
        let short = violation.cut(to: BindingWalk.maximumDescription)
        echoed += short.description.utf8.count
        violations.append(short)
    }
}

extension MessageSchema.Field {
    /// Whether no object can stand for it.
    fileprivate var isScalar: Bool {
        switch kind {
        case .message, .structure, .duration, .timestamp, .value: false
        default: true
        }
    }
}
