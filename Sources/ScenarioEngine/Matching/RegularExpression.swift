// SPDX-License-Identifier: Apache-2.0

import CPCRE2

/// A regular expression as PCRE2 has them, compiled once; letters and digits are Unicode's.
///
/// Clients send the texts, so each search is bounded: in steps, in memory and in the length of the text. PCRE2's own
/// limits count from anew at each place where a match may begin, and not the letters that one item runs over; so steps
/// are counted in a call-out before each item, too. The same text always ends the same way.
///
/// `@unchecked`: both pointers are set once and belong to this object; PCRE2 only reads compiled code when it matches.
final class RegularExpression: @unchecked Sendable {
    enum Outcome: Equatable, Sendable {
        case found
        case absent
        /// The search was given up, so nothing is known; the reason, for people.
        case givenUp(String)
    }

    /// Why a text is no regular expression.
    struct Failure: Error, Equatable {
        /// In PCRE2's words.
        let message: String
        /// How many characters (Unicode scalars) of the pattern were read until it was noticed.
        let character: Int
    }

    /// Only so many bytes of a text are looked at.
    static let textLimit = 128 * 1024
    /// Items tried and letters run over in one search; measured: 40 ms at most.
    static let stepLimit = 2_000_000
    /// In KiB, for one search.
    private static let heapLimit: UInt32 = 16 * 1024

    let pattern: String
    private let code: OpaquePointer
    /// What an item may cost that the call-outs don't see, in steps.
    private let leastRepeat: Int
    private let hasBackReferences: Bool

    init(_ pattern: String) throws(Failure) {
        var text = pattern
        var (error, offset): (Int32, Int) = (0, 0)
        let options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT
        let code = text.withUTF8 { pcre2_compile_8($0.baseAddress, $0.count, options, &error, &offset, nil) }
        guard let code else {
            throw Failure(
                message: Self.message(error), character: max(1, Self.characters(of: pattern, before: offset)))
        }
        var backReferences: UInt32 = 0
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_BACKREFMAX), &backReferences)
        self.pattern = pattern
        self.code = code
        hasBackReferences = backReferences > 0
        leastRepeat = Self.leastRepeat(pattern)
    }

    deinit { pcre2_code_free_8(code) }

    /// Whether it is found anywhere in the first `textLimit` bytes of `text`.
    ///
    /// - Parameter budget: of the request that is judged; nothing is searched once it is used up.
    func search(_ text: String, within budget: SearchBudget? = nil) -> Outcome {
        var text = text
        return text.withUTF8 { search($0, within: budget) }
    }

    /// Whether it is found anywhere in the first `textLimit` bytes of `text`, which is UTF-8.
    func search(_ text: UnsafeBufferPointer<UInt8>, within budget: SearchBudget? = nil) -> Outcome {
        let limit = min(Self.stepLimit, budget?.left ?? Self.stepLimit)
        guard limit > 0 else { return .givenUp("all searches for this request took too many steps") }
        let length = Self.clippedLength(text)
        // What is cut off has no end for `$` to stand at.
        let options = length < text.count ? PCRE2_NOTEOL : 0
        let context = pcre2_match_context_create_8(nil)
        let data = pcre2_match_data_create_8(1, nil)
        defer {
            pcre2_match_data_free_8(data)
            pcre2_match_context_free_8(context)
        }
        guard context != nil, data != nil else { return .givenUp("there was no memory") }
        pcre2_set_match_limit_8(context, UInt32(Self.stepLimit))
        pcre2_set_depth_limit_8(context, UInt32(Self.stepLimit))
        pcre2_set_heap_limit_8(context, Self.heapLimit)
        let hidden = max(leastRepeat / 8, hasBackReferences ? length / 16 : 0)
        var steps = StepCount(left: limit, cost: 1 + hidden)
        defer { budget?.spend(limit - steps.left) }
        let result = withUnsafeMutablePointer(to: &steps) { steps in
            pcre2_set_callout_8(context, countSteps, UnsafeMutableRawPointer(steps))
            // An empty text may have no address, and PCRE2 takes none for a mistake.
            guard let base = text.baseAddress, length > 0 else {
                return pcre2_match_8(code, [0], 0, 0, options, data, context)
            }
            return pcre2_match_8(code, base, length, 0, options, data, context)
        }
        return Self.outcome(result)
    }

    private static func outcome(_ result: Int32) -> Outcome {
        switch result {
        case 0...: .found
        case PCRE2_ERROR_NOMATCH, PCRE2_ERROR_PARTIAL: .absent
        case PCRE2_ERROR_CALLOUT, PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT:
            .givenUp("the search took too many steps")
        case PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_NOMEMORY: .givenUp("the search took too much memory")
        default: .givenUp(message(result))
        }
    }

    /// Not more than the limit, and not within a character.
    private static func clippedLength(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        guard text.count > textLimit else { return text.count }
        var length = textLimit
        while length > 0, text[length] & 0xC0 == 0x80 { length -= 1 }
        return length
    }

    private static func message(_ code: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        let length = pcre2_get_error_message_8(code, &bytes, bytes.count)
        return length > 0 ? String(decoding: bytes.prefix(Int(length)), as: UTF8.self) : "error \(code)"
    }

    private static func characters(of pattern: String, before offset: Int) -> Int {
        pattern.utf8.prefix(offset).reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }

    /// The largest number behind a brace: so many letters may one item run over in vain.
    private static func leastRepeat(_ pattern: String) -> Int {
        var (largest, number, isOpen) = (0, 0, false)
        for byte in pattern.utf8 {
            let digit = Int(byte) - 48
            if isOpen, 0...9 ~= digit {
                number = min(number * 10 + digit, 65_535)
                largest = max(largest, number)
            } else {
                (number, isOpen) = (0, byte == UInt8(ascii: "{"))
            }
        }
        return largest
    }
}

/// How far one search may still go.
private struct StepCount {
    var left: Int
    /// Of one item, but for the letters that it matched.
    let cost: Int
    /// Where the last item began.
    var position = 0
}

/// PCRE2 calls it before each item of a pattern. A global function, since a closure that is given to C may trap on the
/// thread that calls it.
private func countSteps(
    _ block: UnsafeMutablePointer<pcre2_callout_block_8>?, _ data: UnsafeMutableRawPointer?
) -> Int32 {
    guard let block, let data else { return 0 }
    let steps = data.assumingMemoryBound(to: StepCount.self)
    let position = block.pointee.current_position
    steps.pointee.left -= steps.pointee.cost + abs(position - steps.pointee.position)
    steps.pointee.position = position
    return steps.pointee.left < 0 ? PCRE2_ERROR_CALLOUT : 0
}
