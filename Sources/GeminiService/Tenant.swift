// SPDX-License-Identifier: Apache-2.0

/// Whose state a request sees. Each API key is its own, as each real key belongs to a project of its own.
public struct Tenant: Hashable, Sendable {
    public let id: String
    /// What people know it by: the API key, the project, or the name that the request gave it.
    public let name: String
    /// The scenario that this request asked for; nil for those that are played for everybody. It doesn't tell tenants
    /// apart, but comes along wherever what a request began goes on.
    public let scenario: String?

    public init(_ id: String, name: String? = nil, scenario: String? = nil) {
        self.id = id
        self.name = name ?? id
        self.scenario = scenario
    }

    /// Whose requests bring that API key. Its id has the key's SHA-256 in it: it is kept, written to disks and shown.
    public static func ofKey(_ key: String, scenario: String? = nil) -> Tenant {
        Tenant("\(keyPrefix)\(SHA256.hex(of: "key:\(key)"))", name: key, scenario: scenario)
    }

    /// The same tenant, which has asked for that scenario, or for none.
    public func playing(_ scenario: String?) -> Tenant { Tenant(id, name: name, scenario: scenario) }

    /// Whose requests name the tenant that they are of.
    public static func named(_ name: String, scenario: String? = nil) -> Tenant {
        Tenant("\(namePrefix)\(name)", name: name, scenario: scenario)
    }

    /// Whose requests bring a token, for a project or for none.
    public static func ofProject(_ project: String, scenario: String? = nil) -> Tenant {
        Tenant("project:\(project)", name: project, scenario: scenario)
    }

    /// What people may be shown: the name that the tenant was given, `project:P`, or `key:` and the first twelve digits of the
    /// key's SHA-256.
    public var label: String {
        if id.hasPrefix(Tenant.namePrefix) { return String(id.dropFirst(Tenant.namePrefix.count)) }
        return id.hasPrefix(Tenant.keyPrefix) ? String(id.prefix(Tenant.keyPrefix.count + 12)) : id
    }

    /// The same tenant, without what may be a credential.
    public var withoutSecret: Tenant { Tenant(id, name: label, scenario: scenario) }

    /// The one of several that a person or a test names by what is shown of it, by its name, by its API key or by its project.
    ///
    /// - Parameter text: names the first that it fits in that order.
    public static func named(_ text: String, among known: some Collection<Tenant>) -> Tenant? {
        if let shown = known.first(where: { $0.label == text || $0.id == text }) { return shown }
        return [ofKey(text), ofProject(text)].lazy.compactMap { wanted in
            known.first { $0 == wanted }
        }.first
    }

    /// The SHA-256 of the id; of a key's tenant what its id has.
    var hash: String {
        id.hasPrefix(Tenant.keyPrefix) ? String(id.dropFirst(Tenant.keyPrefix.count)) : SHA256.hex(of: id)
    }

    /// The tenant whose id has that hash, where no more is known of it: shown as a key's.
    static func ofHash(_ hash: String) -> Tenant { Tenant("\(keyPrefix)\(hash)") }

    private static let keyPrefix = "key:"
    private static let namePrefix = "tenant:"

    public static func == (one: Tenant, other: Tenant) -> Bool { one.id == other.id }

    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
