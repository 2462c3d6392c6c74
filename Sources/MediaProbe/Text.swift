// SPDX-License-Identifier: Apache-2.0

/// Plain text: UTF-8 without control characters, as far as its first 64 KiB tell.
struct TextWalker: MediaWalker {
    private static let looked = ForwardWindow.largestRegion

    private var bytes: [UInt8]?

    init() {}

    /// Whether media that begins so may be text. Nothing at all is no text.
    static func recognises(_ start: [UInt8]) -> Bool { isText(start, isCut: true) }

    var wanted: Range<Int>? { bytes == nil ? 0..<Self.looked : nil }

    mutating func read(_ bytes: [UInt8]) {
        self.bytes = self.bytes ?? bytes
    }

    func facts(total: Int) -> MediaFacts {
        let isText = Self.isText(bytes ?? [], isCut: total > Self.looked)
        return MediaFacts(mimeType: isText ? "text/plain" : nil)
    }

    /// - Parameter isCut: whether more follows, so that the last character may be incomplete.
    static func isText(_ bytes: [UInt8], isCut: Bool) -> Bool {
        guard !bytes.isEmpty, !bytes.contains(where: isControl) else { return false }
        if String(validating: bytes, as: UTF8.self) != nil { return true }
        guard isCut else { return false }
        // The lead byte of the last character is one of the last three: four bytes would be whole.
        let lead = bytes.suffix(3).lastIndex { $0 & 0xC0 != 0x80 } ?? 0
        let missing = length(lead: bytes[lead]) - (bytes.count - lead)
        let start = bytes[..<lead]
        return missing > 0 && isStart(bytes[lead...]) && String(validating: start, as: UTF8.self) != nil
    }

    /// All of C0 but tab, line feed, form feed and carriage return; and DEL.
    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 ? ![0x09, 0x0A, 0x0C, 0x0D].contains(byte) : byte == 0x7F
    }

    /// Bytes of a character that begins so; 0 for bytes that begin none (RFC 3629, 4).
    private static func length(lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 0
        }
    }

    /// Whether a character can go on from these bytes.
    private static func isStart(_ bytes: ArraySlice<UInt8>) -> Bool {
        let missing = length(lead: bytes.first ?? 0) - bytes.count
        return [0x80, 0x90, 0xBF].contains { filler in
            String(validating: bytes + repeatElement(filler, count: missing), as: UTF8.self) != nil
        }
    }
}
