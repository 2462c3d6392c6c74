// SPDX-License-Identifier: Apache-2.0

/// How much all regular expressions together may do for one request: each search is bounded, but thousands of stubs may
/// search. One thread uses it.
final class SearchBudget {
    /// As many steps as ten searches may take: some tenths of a second.
    private static let all = 10 * RegularExpression.stepLimit
    /// What a search costs that ends at once.
    private static let least = 1000

    private(set) var left = SearchBudget.all

    func spend(_ steps: Int) { left -= max(steps, SearchBudget.least) }

    /// For another look at the same request.
    func refill() { left = SearchBudget.all }
}
