// SPDX-License-Identifier: Apache-2.0

/// The strings that stand at the same place of successive events, joined as a client joins them: a secret that is told piece
/// by piece is found there.
enum EventTexts {
    static func mask(_ stream: inout [UInt8], _ known: [KnownSecret]) {
    }
}
