// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What a model signs its thoughts with: opaque bytes; the real ones are longer.
enum ThoughtSignature {
    static func make(_ generator: inout SeededGenerator) -> String {
        Base64Encoding.standard(generator.bytes(96))
    }
}
