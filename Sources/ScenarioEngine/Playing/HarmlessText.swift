// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The beginning of a text of a request, as far as no credential stands there and it isn't too long.
struct HarmlessText {
    let text: String
    /// Whether this is all of the text.
    let isWhole: Bool

    /// In Unicode scalars.
    private static let limit = 300
    /// What a credential became where the request was kept without it: so many of these at least, since no shorter one is
    /// looked for.
    private static let (maskSign, maskLength) = (UInt8(ascii: "*"), 6)

    /// - Parameter redactor: knows the request's own credentials.
    init(_ whole: String, _ redactor: Redactor) {
        let masked = redactor.text(whole)
        let harmless = zip(whole.utf8, masked.utf8).prefix { $0 == $1 }.count
        let end = min(harmless, HarmlessText.firstMask(in: whole) ?? harmless)
        // Both texts may begin with the same letter where one of them is a credential, in the middle of a character even.
        let scalars = String(decoding: Array(whole.utf8.prefix(end)), as: UTF8.self).unicodeScalars
        var start = ""
        start.unicodeScalars += scalars.prefix(while: { $0 != "\u{FFFD}" }).prefix(HarmlessText.limit)
        text = start
        isWhole = start.utf8.count == whole.utf8.count
    }

    private static func firstMask(in text: String) -> Int? {
        var count = 0
        for (place, byte) in text.utf8.enumerated() {
            count = byte == maskSign ? count + 1 : 0
            if count == maskLength { return place + 1 - maskLength }
        }
        return nil
    }
}
