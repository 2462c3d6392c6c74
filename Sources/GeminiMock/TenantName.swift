// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The name of a tenant, as a request may give it.
enum TenantName {
    /// Of letters, digits, `.`, `_` and `-`, so that it stands in paths and logs as it is. Clients take `.` and `..` out of
    /// a path.
    static func isValid(_ name: String) -> Bool {
        (1...100).contains(name.utf8.count) && name != "." && name != ".."
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "._-".utf8.contains(byte)
                }
            }
    }
}
