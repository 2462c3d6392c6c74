// SPDX-License-Identifier: Apache-2.0

/// All refusals by name: those that the fake finds reason for by itself, and those that only somebody can ask for.
public enum ErrorCatalog {
    public static let entries: [ErrorEntry] = credentials + requests + names + files + quotas + service

    /// The entry of that name, or nil.
    public static func entry(named name: String) -> ErrorEntry? { entries.first { $0.name == name } }
}
