// SPDX-License-Identifier: Apache-2.0

/// Reads exchanges of one kind of file.
protocol SourceReader {
    /// - Returns: nil where there was no answer.
    /// - Throws: the first thing that is wrong with it.
    func exchange(_ node: SourceNode) throws(SourceProblem) -> SourceExchange?
}
