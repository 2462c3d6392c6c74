// SPDX-License-Identifier: Apache-2.0

/// One format, read forwards: it says which bytes it wants next, gets them, and says the next.
///
/// So one walker serves both ways of reading: bytes that arrive in pieces (an upload is walked while it comes in, and what
/// is not wanted is not kept) and bytes that can be read anywhere (a file, base64 text inside a request).
protocol MediaWalker: Sendable {
    /// The bytes to see next; nil when it knows all that it can know. Each region begins at or behind the end of the one
    /// before, and is at most 64 KiB long; walkers bound the number of their steps where a hostile file could.
    var wanted: Range<Int>? { get }

    /// Takes the bytes of that region; fewer only where the media ends before its end.
    mutating func read(_ bytes: [UInt8])

    /// What is known.
    ///
    /// - Parameter total: how many bytes there were.
    func facts(total: Int) -> MediaFacts
}
