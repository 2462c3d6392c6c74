// SPDX-License-Identifier: Apache-2.0

/// The suites that are part of the program, as they stand in `Suites`.
package enum SuiteFiles {
    /// Name and text of each, in the order in which they are told.
    package static var all: [(name: String, bytes: [UInt8])] {
        [
            ("SSE.yaml", PackageResources.SSE_yaml)
        ]
    }
}
