// SPDX-License-Identifier: Apache-2.0

/// The models that a server knows: the table, what was added to it, and names formed like today's families.
public struct ModelCatalog: Sendable {
    private let added: [ModelGlob]
    private let isOnlyAdded: Bool
    /// What `models.list` lists, in its order.
    public let listed: [Model]
    private let byName: [String: Model]

    /// - Parameters:
    ///   - added: names, or patterns with `*` and `?`, of models that are known besides the table's.
    ///   - isOnlyAdded: whether nothing but those is known.
    public init(added: [String] = [], isOnlyAdded: Bool = false) {
        self.added = added.map { ModelGlob($0) }
        self.isOnlyAdded = isOnlyAdded
        let globs = self.added
        let fromTable =
            isOnlyAdded
            ? ModelTable.models.filter { model in globs.contains { $0.matches(model.name) } }
            : ModelTable.models
        var known = Set(fromTable.map(\.name))
        listed =
            fromTable
            + globs.filter { $0.isPlainName && known.insert($0.pattern).inserted }
            .map { ModelFamily.model(named: $0.pattern) }
        byName = Dictionary(listed.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether the name was given, not taken from the table: nothing is known of what such a model can do.
    public func isGiven(_ name: String) -> Bool { added.contains { $0.matches(name) } }

    /// The model of that id (without `models/`), or nil where the real service would not know it.
    public func model(named name: String) -> Model? {
        if let model = byName[name] { return model }
        let isKnown =
            added.contains { $0.matches(name) } || !isOnlyAdded && ModelFamily.isFormedLikeToday(name)
        return isKnown ? ModelFamily.model(named: name) : nil
    }
}

/// A pattern over model names: `*` stands for any run of characters, `?` for any one.
struct ModelGlob: Sendable {
    let pattern: String
    var isPlainName: Bool { !pattern.contains { $0 == "*" || $0 == "?" } }

    init(_ pattern: String) {
        self.pattern = pattern.hasPrefix("models/") ? String(pattern.dropFirst(7)) : pattern
    }

    /// Goes back only to the last star, so the time is at most length × length.
    func matches(_ name: String) -> Bool {
        let (wanted, found) = (Array(pattern.utf8), Array(name.utf8))
        var (at, position, star, resume) = (0, 0, -1, 0)
        while position < found.count {
            if at < wanted.count, wanted[at] == UInt8(ascii: "*") {
                (star, resume) = (at, position)
                at += 1
            } else if at < wanted.count, wanted[at] == found[position] || wanted[at] == UInt8(ascii: "?") {
                at += 1
                position += 1
            } else if star >= 0 {
                resume += 1
                (at, position) = (star + 1, resume)
            } else {
                return false
            }
        }
        return wanted[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

/// What a model's name tells about models that no table knows yet.
public enum ModelFamily {
    /// `gemini-N[.N]-flash`, `-flash-lite` or `-pro`, maybe with `-preview…` behind it.
    static func isFormedLikeToday(_ name: String) -> Bool {
        guard generation(of: name) != nil else { return false }
        let words = name.split(separator: "-", omittingEmptySubsequences: false)
        var tier = words.dropFirst(2)
        guard let first = tier.popFirst(), first == "flash" || first == "pro" else { return false }
        if first == "flash", tier.first == "lite" { tier = tier.dropFirst() }
        return tier.isEmpty || tier.first == "preview" && !tier.contains("")
    }

    /// The number in `gemini-2.5-flash`, as written, or nil where there is none.
    public static func generation(of name: String) -> Double? {
        guard name.utf8.starts(with: "gemini-".utf8) else { return nil }
        let digits = name.utf8.dropFirst(7).prefix { $0 != UInt8(ascii: "-") }
        // Small numbers with at most one dot in them: read without the general reader of doubles.
        var (whole, fraction, scale) = (0, 0, 0)
        guard (1...5).contains(digits.count), digits.first != UInt8(ascii: "."),
            digits.last != UInt8(ascii: ".")
        else { return nil }
        for byte in digits {
            switch (byte, scale) {
            case (UInt8(ascii: "."), 0): scale = 1
            case (UInt8(ascii: "0")...UInt8(ascii: "9"), 0): whole = whole * 10 + Int(byte - 48)
            case (UInt8(ascii: "0")...UInt8(ascii: "9"), _):
                fraction = fraction * 10 + Int(byte - 48)
                scale *= 10
            default: return nil
            }
        }
        return scale == 0 ? Double(whole) : Double(whole) + Double(fraction) / Double(scale)
    }

    /// A description of a model that only its name is known of: today's limits, or an embedding model's.
    static func model(named name: String) -> Model {
        let isEmbedding = name.contains("embedding")
        let thinks = (generation(of: name) ?? 0) >= 2.5
        return Model(
            name: name, version: "001", displayName: name,
            description: "A model that the fake knows by its name alone.",
            inputTokenLimit: isEmbedding ? 8192 : 1_048_576, outputTokenLimit: isEmbedding ? 1 : 65_536,
            methods: isEmbedding
                ? ["embedContent", "countTextTokens", "countTokens", "asyncBatchEmbedContent"]
                : ["generateContent", "countTokens", "createCachedContent", "batchGenerateContent"],
            temperature: isEmbedding ? nil : 1, topP: isEmbedding ? nil : 0.95, topK: isEmbedding ? nil : 64,
            maxTemperature: isEmbedding ? nil : 2, thinking: !isEmbedding && thinks
        )
    }
}
