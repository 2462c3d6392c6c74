// SPDX-License-Identifier: Apache-2.0

/// Which fields of an answer are asked for by `fields=`: paths with `.` or `/` between the names, commas between the paths,
/// `a(b,c)` for two paths that begin alike, `*` for every name (Google's guides on partial responses).
struct FieldMask: Equatable {
    /// What follows a name; nothing means all that is there.
    private(set) var branches: [String: FieldMask] = [:]

    var isLeaf: Bool { branches.isEmpty }

    func branch(_ field: MessageSchema.Field) -> FieldMask? {
        branches[field.jsonName] ?? branches[field.protoName] ?? branches["*"]
    }

    /// How deep a mask may be nested; messages aren't deeper.
    private static let maximumDepth = 32

    init() {}

    /// - Returns: nil where `text` isn't a mask.
    init?(_ text: String) {
        var rest = text.utf8[...]
        guard let mask = FieldMask.read(&rest, depth: 0), rest.isEmpty else { return nil }
        self = mask
    }

    private static func read(_ rest: inout Substring.UTF8View, depth: Int) -> FieldMask? {
        guard depth <= maximumDepth else { return nil }
        var mask = FieldMask()
        repeat {
            var path: [String] = []
            repeat {
                let name = rest.prefix { !separators.contains($0) }
                guard !name.isEmpty, path.count < maximumDepth else { return nil }
                path.append(String(decoding: name, as: UTF8.self).filter { $0 != " " })
                rest = rest.dropFirst(name.count)
            } while take("./", &rest)
            var inner = FieldMask()
            if take("(", &rest) {
                guard let read = read(&rest, depth: depth + 1), take(")", &rest) else { return nil }
                inner = read
            }
            mask.add(path[...], inner)
        } while take(",", &rest)
        return mask
    }

    private static let separators = Array(",./()".utf8)

    private static func take(_ signs: String, _ rest: inout Substring.UTF8View) -> Bool {
        guard let first = rest.first, signs.utf8.contains(first) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// A path that another begins with asks for all of it.
    private mutating func add(_ path: ArraySlice<String>, _ inner: FieldMask) {
        guard let name = path.first else {
            for (name, mask) in inner.branches { branches[name] = mask }
            return
        }
        if let known = branches[name], known.isLeaf { return }
        var branch = branches[name] ?? FieldMask()
        if path.count == 1, inner.isLeaf { branch = FieldMask() } else { branch.add(path.dropFirst(), inner) }
        branches[name] = branch
    }

    /// The first path that no field of the message matches, in the order of the names; nil where all match.
    func mismatch(_ schema: MessageSchema, _ message: Int, path: String = "") -> String? {
        for (name, mask) in branches.sorted(by: { $0.key < $1.key }) where name != "*" {
            let path = path.isEmpty ? name : "\(path).\(name)"
            var bytes = name
            guard let number = bytes.withUTF8({ schema.field($0, of: message) }) else { return path }
            let field = schema.fields[number]
            if mask.isLeaf || field.kind == .structure || field.kind == .value { continue }
            guard field.kind == .message else { return "\(path).\(mask.branches.keys.min() ?? "")" }
            if let found = mask.mismatch(schema, field.target, path: path) { return found }
        }
        return nil
    }
}
