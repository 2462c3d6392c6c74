// SPDX-License-Identifier: Apache-2.0

/// What another tool's file doesn't have, or a recording has no place for.
enum ImportLoss: CaseIterable {
    case times
    case cuts
    case order
    case fields
    case spelling
    case coding
    case missingBodies
    case emptyBodies
    case hosts
    case matching
    case unsearchable

    /// - Parameter count: how many exchanges it is about.
    func words(_ count: Int) -> String {
        let exchanges = count == 1 ? "1 exchange" : "\(count) exchanges"
        return switch self {
        case .times: "\(exchanges): when the answer came isn't known, so its replay doesn't wait"
        case .cuts: "\(exchanges): where the stream was cut into writes isn't known, so it comes as one"
        case .order: "\(exchanges): header fields are in the order of the file, which sorts them"
        case .fields: "\(exchanges): the file has no header fields"
        case .spelling:
            "\(exchanges): JSON stands in the file as a value, so white space, escapes and digits are those that its own tool replays"
        case .coding: "\(exchanges): a body stands in the file decompressed, so Content-Encoding is left out"
        case .missingBodies: "\(exchanges): a body isn't in the file, only its length"
        case .emptyBodies: "\(exchanges): the file has no body of the answer, so it is replayed without one"
        case .hosts: "\(exchanges): sent to other hosts than the first; a recording knows paths only"
        case .matching:
            "\(exchanges): of a recording with other “matching” than the first, which counts for all"
        case .unsearchable:
            "\(exchanges): a body is compressed so that it can't be searched for credentials, and left out"
        }
    }
}
