// SPDX-License-Identifier: Apache-2.0

import CMicroHTTPD
import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Whether a head's parts lie one behind the other as they do where its lines are what they seem.
///
/// libmicrohttpd up to 0.9.77 takes heads apart where they have arrived, and ends each part with a NUL in place of the
/// blank, colon or line end behind it. A NUL that a client sends hides the rest of its line, and a line that goes on in the
/// next one is put together elsewhere (0.9.75: behind the field's *name*, so that `Content: 5` becomes a Content-Length):
/// then a part isn't where the one before it says. Later versions refuse such lines by themselves.
struct HeadLayout {
    /// Whether the version at hand is one of which this is true.
    private static let isKnown = String(cString: MHD_get_version()).hasPrefix("0.9.")

    /// Where the part that was looked at last ends.
    private var end: UnsafeRawPointer
    private let start: UnsafeRawPointer
    private var isInOrder: Bool

    /// - Parameters:
    ///   - target: where it began, and its length as it was before it was decoded in its place.
    ///   - version: nil where there is none.
    init(
        method: UnsafePointer<CChar>, target: (start: UnsafeRawPointer, length: Int),
        version: UnsafePointer<CChar>?
    ) {
        start = UnsafeRawPointer(method)
        let versionStart = version.map { UnsafeRawPointer($0) }
        // One blank between them.
        isInOrder =
            target.start == HeadLayout.end(of: method) + 1
            && versionStart == target.start + target.length + 1
        end = version.map { HeadLayout.end(of: $0) } ?? start
    }

    /// The next field.
    mutating func pass(name: UnsafePointer<CChar>, value: UnsafePointer<CChar>?) {
        guard isInOrder else { return }
        let place = UnsafeRawPointer(name)
        // A line feed, with or without a carriage return before it.
        isInOrder = (1...2).contains(place - end)
        guard let value else { return }
        // Only blanks are between a name and its value.
        let between = UnsafeRawPointer(value) - HeadLayout.end(of: name)
        isInOrder = isInOrder && between > 0
        end = HeadLayout.end(of: value)
    }

    /// - Parameter size: of the head, with the empty line at its end.
    func isPlain(to size: Int) -> Bool {
        // Two line ends.
        !HeadLayout.isKnown || isInOrder && (2...4).contains(start + size - end)
    }

    private static func end(of text: UnsafePointer<CChar>) -> UnsafeRawPointer {
        UnsafeRawPointer(text) + strlen(text)
    }
}
