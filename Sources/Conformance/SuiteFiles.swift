// SPDX-License-Identifier: Apache-2.0

/// The suites that are part of the program, as they stand in `Suites`.
package enum SuiteFiles {
    /// Name and text of each, in the order in which they are told.
    package static var all: [(name: String, bytes: [UInt8])] {
        [
            ("SSE.yaml", PackageResources.SSE_yaml),
            ("ERR.yaml", PackageResources.ERR_yaml),
            ("JSN.yaml", PackageResources.JSN_yaml),
            ("REQ.yaml", PackageResources.REQ_yaml),
            ("UPL.yaml", PackageResources.UPL_yaml),
            ("FIL.yaml", PackageResources.FIL_yaml),
            ("INT.yaml", PackageResources.INT_yaml),
        ]
    }
}
