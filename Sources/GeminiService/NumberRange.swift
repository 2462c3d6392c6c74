// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Which numbers a schema allows.
struct NumberRange {
    private struct Bound {
        let value: Double
        let isExcluded: Bool
    }

    private var low: Bound?
    private var high: Bound?
    /// Above 0.
    private var step: Double?

    /// What is taken where nothing is said.
    private static let usual = 1.0...100.0
    /// How many numbers it is chosen among.
    private static let mostChoices = 1000

    /// Whether anything is said of numbers.
    var isUsed: Bool { low != nil || high != nil || step != nil }

    /// Takes over what a schema says. Draft 4 has Booleans for `exclusiveMinimum`: they are about `minimum`.
    mutating func narrow(by keywords: SchemaKeywords) {
        raise(keywords[.minimum], isExcluded: keywords[.exclusiveMinimum]?.bool ?? false)
        raise(keywords[.exclusiveMinimum], isExcluded: true)
        lower(keywords[.maximum], isExcluded: keywords[.exclusiveMaximum]?.bool ?? false)
        lower(keywords[.exclusiveMaximum], isExcluded: true)
        if let step = keywords[.multipleOf]?.protoDouble, step > 0, step.isFinite { self.step = step }
    }

    private mutating func raise(_ view: JSONView?, isExcluded: Bool) {
        guard let value = view?.protoDouble, value.isFinite else { return }
        if let low, low.value > value || low.value == value && low.isExcluded { return }
        low = Bound(value: value, isExcluded: isExcluded)
    }

    private mutating func lower(_ view: JSONView?, isExcluded: Bool) {
        guard let value = view?.protoDouble, value.isFinite else { return }
        if let high, high.value < value || high.value == value && high.isExcluded { return }
        high = Bound(value: value, isExcluded: isExcluded)
    }

    // MARK: Choosing

    /// A whole number within the range, the `pick`-th of those that come into question.
    func integer(pick: (Int) -> Int) -> Int {
        let step = wholeStep
        let (first, last) = multiples(of: step, usual: NumberRange.usual)
        // Beyond 2^53 a Double can't tell neighbours apart.
        let (from, to) = (Int(clamping: first), Int(clamping: last))
        let (room, isTooWide) = to.subtractingReportingOverflow(from)
        let count = isTooWide ? NumberRange.mostChoices : max(1, min(room, NumberRange.mostChoices - 1) + 1)
        let chosen = from + pick(count)
        let (product, overflows) = chosen.multipliedReportingOverflow(by: Int(clamping: step))
        return overflows ? chosen : product
    }

    /// A number within the range, likewise.
    func number(pick: (Int) -> Int) -> Double {
        if let step { return multiple(of: step, pick) }
        let width = NumberRange.usual.upperBound - NumberRange.usual.lowerBound
        let from = low?.value ?? high.map { min(NumberRange.usual.lowerBound, $0.value - width) } ?? 1
        let to = max(from, high?.value ?? from + width)
        // Sums of shares: the difference of two huge bounds is infinite.
        let share = Double(pick(NumberRange.mostChoices)) / Double(NumberRange.mostChoices)
        let value = from * (1 - share) + to * share
        let rounded = (value * 100).rounded() / 100
        return [rounded, value, from / 2 + to / 2].first { allows($0) } ?? from
    }

    private func multiple(of step: Double, _ pick: (Int) -> Int) -> Double {
        let (first, last) = multiples(of: step, usual: 0...(step * 100))
        guard first.isFinite else { return 0 }
        let room = min(last - first, Double(NumberRange.mostChoices - 1))
        let count = first + Double(pick(room >= 0 ? Int(room) + 1 : 1))
        // 3 × 0.1 isn't 0.3, but 3 / 10 is.
        let inverse = (1 / step).rounded()
        let value = 1 / inverse == step ? count / inverse : count * step
        // 0 is a multiple of everything; too large for a Double is none.
        return value.isFinite ? value : 0
    }

    /// The first and the last multiple within the range, as numbers of steps.
    private func multiples(of step: Double, usual: ClosedRange<Double>) -> (Double, Double) {
        let width = max(usual.upperBound - usual.lowerBound, step)
        let from = low?.value ?? high.map { min(usual.lowerBound, $0.value - width) } ?? usual.lowerBound
        let to = high?.value ?? max(usual.upperBound, from + width)
        var first = (from / step).rounded(.up)
        if first * step == low?.value, low?.isExcluded == true { first += 1 }
        var last = (to / step).rounded(.down)
        if last * step == high?.value, high?.isExcluded == true { last -= 1 }
        return (first, max(first, last))
    }

    /// The whole number whose multiples are multiples of the step too.
    private var wholeStep: Double {
        guard let step else { return 1 }
        for factor in 1...100 where step * Double(factor) >= 1 {
            let product = step * Double(factor)
            if product == product.rounded() { return product }
        }
        return 1
    }

    private func allows(_ value: Double) -> Bool {
        guard value.isFinite else { return false }
        if let low, value < low.value || value == low.value && low.isExcluded { return false }
        if let high, value > high.value || value == high.value && high.isExcluded { return false }
        return true
    }
}

extension Int {
    /// The nearest whole number to a whole `value` that an Int can hold.
    fileprivate init(clamping value: Double) {
        self = Int(exactly: value) ?? (value < 0 ? .min : .max)
    }
}
