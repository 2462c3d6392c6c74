// SPDX-License-Identifier: Apache-2.0

/// How many requests there should be: `2`, `1...`, `...3`, `1...3`.
public protocol RequestCount: Sendable {
    /// The numbers that are right, from 0.
    var requestCounts: ClosedRange<Int> { get }
}

extension Int: RequestCount {
    public var requestCounts: ClosedRange<Int> { (self...self).requestCounts }
}

extension ClosedRange<Int>: RequestCount {
    public var requestCounts: ClosedRange<Int> { clamped(to: 0...Int.max) }
}

extension PartialRangeFrom<Int>: RequestCount {
    public var requestCounts: ClosedRange<Int> { (lowerBound...Int.max).requestCounts }
}

extension PartialRangeThrough<Int>: RequestCount {
    public var requestCounts: ClosedRange<Int> { (Int.min...upperBound).requestCounts }
}
