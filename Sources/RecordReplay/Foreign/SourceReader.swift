// SPDX-License-Identifier: Apache-2.0

/// Reads exchanges of one kind of file.
protocol SourceReader {
    /// Where it went. Exchanges with hosts that nobody wants aren't read further.
    ///
    /// - Returns: nil where that was no http or https.
    func url(of node: SourceNode) throws(SourceProblem) -> SourceURL?

    /// - Returns: nil where there was no answer.
    /// - Throws: the first thing that is wrong with it.
    func exchange(_ node: SourceNode, to url: SourceURL) throws(SourceProblem) -> SourceExchange?
}

extension SourceReader {
    /// A message of an exchange.
    func message(_ name: String, of node: SourceNode) throws(SourceProblem) -> SourceNode {
        guard let message = node[name], message.kind == .map else {
            throw .missing(name, "a map", in: node)
        }
        return message
    }
}
