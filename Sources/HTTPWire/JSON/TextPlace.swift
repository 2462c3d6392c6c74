// SPDX-License-Identifier: Apache-2.0

/// A place in a text that people write: line and column, both from 1; a column is a Unicode scalar.
public struct TextPlace: Sendable, Hashable, Comparable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static let start = TextPlace(line: 1, column: 1)

    public static func < (one: TextPlace, other: TextPlace) -> Bool {
        (one.line, one.column) < (other.line, other.column)
    }
}
