// SPDX-License-Identifier: Apache-2.0

/// Numbers of options: who gives one that can't be is told which can.
///
/// The library doesn't show the defaults of options that are read like this: their help has to tell them.
enum NumberOption {
    struct NotAllowed: Error, CustomStringConvertible {
        let description: String
    }

    static let port: @Sendable (String) throws -> UInt16 = whole(in: 0...65_535)
    /// Of bytes, connections and the like; the server itself has lower bounds where it needs some.
    static let count: @Sendable (String) throws -> Int = whole(in: 1...Int.max)

    static func whole<Number: FixedWidthInteger & Sendable>(in range: ClosedRange<Number>)
        -> @Sendable (String) throws -> Number
    {
        { text in
            guard let number = Number(text), range.contains(number) else {
                throw NotAllowed(
                    description: "a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
    }

    /// - Parameter words: which numbers there may be.
    static func number(_ words: String, _ isAllowed: @escaping @Sendable (Double) -> Bool)
        -> @Sendable (String) throws -> Double
    {
        { text in
            guard let number = Double(text), number.isFinite, isAllowed(number) else {
                throw NotAllowed(description: words)
            }
            return number
        }
    }
}
