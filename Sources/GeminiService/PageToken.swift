// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Where a list goes on: base64 of a protobuf message whose field 1 is the last name of the page before (CORE 5.5).
enum PageToken {
    static func after(_ name: String) -> String {
        // Tag 0x0A: field 1, length-delimited. A length is told seven bits at a time, the lowest first.
        var bytes: [UInt8] = [0x0A]
        var length = name.utf8.count
        while length > 0x7F {
            bytes.append(UInt8(length & 0x7F) | 0x80)
            length >>= 7
        }
        bytes.append(UInt8(length))
        return Base64Encoding.standard(bytes + Array(name.utf8))
    }

    /// The name in a token, or nil where it is none of ours.
    static func name(in token: String) -> String? {
        let bytes = Array(token.utf8).withUnsafeBufferPointer { Base64Text($0)?.decoded() } ?? []
        guard bytes.first == 0x0A, let end = bytes.dropFirst().firstIndex(where: { $0 < 0x80 }), end <= 4
        else {
            return nil
        }
        let length = bytes[1...end].reversed().reduce(0) { $0 << 7 | Int($1 & 0x7F) }
        guard length > 0, length == bytes.count - end - 1 else { return nil }
        return String(decoding: bytes[(end + 1)...], as: UTF8.self)
    }
}

extension RequestTarget {
    /// How many entries a page is to have, in either spelling of the parameter; zero and less ask for the usual.
    func pageSize(usual: Int, largest: Int) -> Int {
        let asked = (queryValue("pageSize") ?? queryValue("page_size")).flatMap { Int($0) } ?? 0
        return asked > 0 ? min(asked, largest) : usual
    }
}
