// SPDX-License-Identifier: Apache-2.0

/// A name in the constant data of the program, which is never changed and never freed: so it may be shared.
struct ConstantName: @unchecked Sendable {
    let bytes: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// `systemInstruction` as `system_instruction`.
    var snakeCase: String {
        var out: [UInt8] = []
        SnakeCase.append(bytes, to: &out)
        return String(decoding: out, as: UTF8.self)
    }
}

/// How proto spells a name that JSON spells in lowerCamel.
enum SnakeCase {
    static func append(_ name: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        for byte in name {
            if byte &- UInt8(ascii: "A") < 26 {
                out.append(UInt8(ascii: "_"))
                out.append(byte | 0x20)
            } else {
                out.append(byte)
            }
        }
    }
}
