// SPDX-License-Identifier: Apache-2.0

/// The permanent name of a case, such as `SSE-03`: three capitals that name its suite, a dash, two digits or more. One
/// that was given is never given to another case.
public struct CaseID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// `SSE`.
    public let suite: String
    /// 3; no two digits' zero.
    public let number: Int
    public let description: String

    /// - Returns: nil where the text is no such name.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 3, (2...5).contains(parts[1].utf8.count),
            parts[0].utf8.allSatisfy({ UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }),
            parts[1].utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let number = Int(parts[1])
        else { return nil }
        (suite, self.number, description) = (String(parts[0]), number, text)
    }

    public static func < (one: CaseID, other: CaseID) -> Bool {
        (one.suite, one.number, one.description) < (other.suite, other.number, other.description)
    }
}
