// SPDX-License-Identifier: Apache-2.0

@testable import HTTPWire

/// The bytes of a text.
func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The bytes of a text in which `<FF>` stands for the byte 0xFF, so bad UTF-8 can be written down.
func raw(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    var rest = Substring(text)
    while let first = rest.first {
        if first == "<", let byte = UInt8(rest.dropFirst().prefix(2), radix: 16),
            rest.dropFirst(3).first == ">"
        {
            out.append(byte)
            rest = rest.dropFirst(4)
        } else {
            out += String(first).utf8
            rest = rest.dropFirst()
        }
    }
    return out
}

func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

/// What is wrong with a text, or nil where it is accepted.
func syntaxError(_ bytes: [UInt8], _ grammar: JSONGrammar = .frontEnd) -> JSONSyntaxError? {
    do throws(JSONSyntaxError) {
        _ = try JSONDocument(parsing: bytes, grammar: grammar)
        return nil
    } catch {
        return error
    }
}

/// The outermost value of a text that is accepted.
func parsed(_ text: String, _ grammar: JSONGrammar = .frontEnd) throws -> JSONView {
    try JSONDocument(parsing: utf8(text), grammar: grammar).root
}

/// A parsed value written again without blanks, numbers as they were sent: equal values have equal texts.
func rewritten(_ view: JSONView) -> String {
    switch view.kind {
    case .array: "[" + view.elements.map { rewritten($0) }.joined(separator: ",") + "]"
    case .object:
        "{" + view.members.map { quoted($0.name) + ":" + rewritten($0.value) }.joined(separator: ",") + "}"
    case .string: quoted(view.string ?? "")
    case .number: view.numberText ?? ""
    case .bool: view.bool == true ? "true" : "false"
    case .null: "null"
    }
}

private func quoted(_ string: String) -> String { text(JSON.string(string).bytes(.compact)) }

/// Random numbers that are the same in each run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// One step of SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
