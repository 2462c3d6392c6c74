// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The items of a URL's query, where they are in it.
enum URLQuery {
    /// Gives the ranges of each item's name and value, which is empty at the item's end where there is no `=`.
    static func forEach(
        in url: UnsafeBufferPointer<UInt8>, _ body: (_ name: Range<Int>, _ value: Range<Int>) -> Void
    ) {
        guard let base = url.baseAddress, let mark = memchr(base, CInt(UInt8(ascii: "?")), url.count) else {
            return
        }
        var at = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(mark))
        while at < url.count {
            let start = at + 1
            at = start
            var equals: Int?
            while at < url.count, url[at] != UInt8(ascii: "&") {
                if equals == nil, url[at] == UInt8(ascii: "=") { equals = at }
                at += 1
            }
            body(start..<(equals ?? at), min((equals ?? at) + 1, at)..<at)
        }
    }
}
