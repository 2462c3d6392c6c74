// SPDX-License-Identifier: Apache-2.0

/// The ids of function calls: eight characters, letters and digits, as recorded of Gemini 3 and of interactions.
enum CallID {
    private static let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")

    static func make(_ generator: inout SeededGenerator) -> String {
        String((0..<8).map { _ in letters[Int(generator.next() % 36)] })
    }
}
