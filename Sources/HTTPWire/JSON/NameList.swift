// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A few names that the bytes of others are looked for among. A set of texts would make a text of the
/// bytes, and a hash that is safe from people who choose texts, which nobody needs among a dozen names.
package struct NameList: Sendable {
    private let names: [StaticString]

    package init(_ names: [StaticString]) {
        self.names = names
    }

    package func contains(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = name.baseAddress else { return false }
        for known in names where known.utf8CodeUnitCount == name.count {
            if memcmp(known.utf8Start, start, name.count) == 0 { return true }
        }
        return false
    }
}
