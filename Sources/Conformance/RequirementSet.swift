// SPDX-License-Identifier: Apache-2.0

/// Cases that a client can be held to, frozen on a date: a growing suite never turns a client red.
public struct RequirementSet: Sendable, Equatable {
    /// `core-2026.11`.
    public let name: String
    public let ids: [CaseID]

    /// Those that are part of the program.
    public static var all: [RequirementSet] {
        [
            RequirementSet(name: "core-2026.11", text: PackageResources.core_2026_11_txt)
        ]
    }

    /// - Parameter text: an id a line; what stands behind `#` is a comment.
    init(name: String, text: [UInt8]) {
        self.name = name
        ids = String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap { line in
            let id = line.prefix { $0 != "#" && $0 != " " }
            return CaseID(String(id))
        }
    }
}
