// SPDX-License-Identifier: Apache-2.0

/// Pictures: PNG, JPEG, GIF, WebP, BMP and TIFF (of which the size isn't read). HEIC and AVIF are MP4:
/// `MP4Walker`.
///
/// The size is that of the pixels as stored; a camera's note that the picture is to be turned is ignored.
struct ImageWalker: MediaWalker {
    /// Bytes at the beginning that tell everything of all formats but JPEG.
    private static let startLength = 64

    private enum State {
        case start
        case jpeg(JPEGWalker)
        case done(MediaFacts)
    }

    private var state = State.start

    init() {}

    static func recognises(_ start: [UInt8]) -> Bool { ImageHeader(start) != nil }

    var wanted: Range<Int>? {
        switch state {
        case .start: 0..<Self.startLength
        case .jpeg(let walker): walker.wanted
        case .done: nil
        }
    }

    mutating func read(_ bytes: [UInt8]) {
        switch state {
        case .start:
            let header = ImageHeader(bytes)
            if header?.format == .jpeg, bytes.count == Self.startLength {
                state = .jpeg(JPEGWalker(start: bytes))
            } else {
                state = .done(
                    MediaFacts(
                        mimeType: header?.format.rawValue, width: header?.size?.width,
                        height: header?.size?.height))
            }
        case .jpeg(var walker):
            walker.read(bytes)
            state = .jpeg(walker)
        case .done: break
        }
    }

    func facts(total: Int) -> MediaFacts {
        switch state {
        case .start: MediaFacts()
        case .jpeg(let walker): walker.facts(total: total)
        case .done(let facts): facts
        }
    }
}
