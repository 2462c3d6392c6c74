// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The answer tells another hash than the file's (PEERS UPL-20): 64 zeros in the form of `sha256Hash` (CORE 3.1).
struct UploadWrongHashFault: Fault {
    private static let key = Array("\"sha256Hash\": \"".utf8)
    private static let zeros = Base64Encoding.standard(Array(repeating: UInt8(ascii: "0"), count: 64))

    func apply(to plan: inout WirePlan) {
        plan.plan.changeTexts { text, _ in
            guard
                let start = text.indices.first(where: { text[$0...].starts(with: UploadWrongHashFault.key) })
            else { return }
            let value = start + UploadWrongHashFault.key.count
            guard let end = text[value...].firstIndex(of: UInt8(ascii: "\"")) else { return }
            text.replaceSubrange(value..<end, with: Array(UploadWrongHashFault.zeros.utf8))
        }
    }
}
