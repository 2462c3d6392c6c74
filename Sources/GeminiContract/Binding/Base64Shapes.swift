// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The checked base64 texts of a message: to check 20 MB takes milliseconds, and is done once.
public struct Base64Shapes: Sendable {
    /// In the order of the text, so that one can be found fast.
    private var found: [(position: Int, shape: Base64Text.Shape)] = []

    public init() {}

    mutating func append(_ shape: Base64Text.Shape, at position: Int) { found.append((position, shape)) }

    /// The shape of the string there; nil where none was checked or it isn't base64.
    func shape(at position: Int) -> Base64Text.Shape? {
        var (low, high) = (0, found.count)
        while low < high {
            let middle = (low + high) / 2
            if found[middle].position < position { low = middle + 1 } else { high = middle }
        }
        return low < found.count && found[low].position == position ? found[low].shape : nil
    }
}
