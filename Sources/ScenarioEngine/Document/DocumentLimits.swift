// SPDX-License-Identifier: Apache-2.0

/// How much one file may hold: more is a mistake or an attack.
struct DocumentLimits: Sendable {
    /// Bytes of the text.
    var bytes = 16 * 1024 * 1024
    /// Values in the document, each alias counted as all that it stands for.
    var values = 1_000_000
    /// Lists and maps inside one another. Bounds the recursion of all that reads a document.
    var depth = 64
    /// After this many problems the file isn't read further.
    var problems = 100
}
