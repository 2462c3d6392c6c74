// SPDX-License-Identifier: Apache-2.0

import CPCRE2

/// A regular expression of the user's for what else must not be kept; PCRE2.
///
/// `@unchecked`: the pointer is set once and belongs to this object; PCRE2 only reads compiled code when it matches.
public final class RedactionPattern: @unchecked Sendable {
    /// Why a text is no regular expression.
    public struct Failure: Error, Equatable, CustomStringConvertible {
        /// In PCRE2's words, with the place.
        public let description: String
    }

    public let text: String
    private let code: OpaquePointer

    public init(_ text: String) throws(Failure) {
        var pattern = text
        var (error, offset): (Int32, Int) = (0, 0)
        // Bodies may have bytes that are no UTF-8.
        let options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C
        let code = pattern.withUTF8 {
            pcre2_compile_8($0.baseAddress, $0.count, options, &error, &offset, nil)
        }
        guard let code else {
            throw Failure(description: "\(RedactionPattern.message(error)), at byte \(offset + 1) of \(text)")
        }
        self.text = text
        self.code = code
        // Makes it some ten times as fast; where that can't be done, it is only slower.
        pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    }

    deinit { pcre2_code_free_8(code) }

    /// All matches that have a byte. A search that needs too many steps stands for a match of all that is left: what can't
    /// be searched isn't kept.
    func matches(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        guard let base = bytes.baseAddress, let data = pcre2_match_data_create_8(1, nil) else { return [] }
        defer { pcre2_match_data_free_8(data) }
        var found: [Range<Int>] = []
        var at = 0
        while at < bytes.count {
            let result = pcre2_match_8(code, base, bytes.count, at, 0, data, nil)
            if result == PCRE2_ERROR_NOMATCH { break }
            guard result >= 0, let place = pcre2_get_ovector_pointer_8(data) else {
                found.append(at..<bytes.count)
                break
            }
            let range = min(place[0], place[1])..<max(place[0], place[1])
            if !range.isEmpty { found.append(range) }
            at = max(range.upperBound, at + 1)
            while at < bytes.count, bytes[at] & 0xC0 == 0x80, range.isEmpty { at += 1 }
        }
        return found
    }

    private static func message(_ code: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        let length = pcre2_get_error_message_8(code, &bytes, bytes.count)
        return length > 0 ? String(decoding: bytes.prefix(Int(length)), as: UTF8.self) : "error \(code)"
    }
}
