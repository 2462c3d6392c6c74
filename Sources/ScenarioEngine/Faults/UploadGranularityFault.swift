// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// Names another multiple for the length of chunks than the usual 8 MiB, and keeps to it (PEERS UPL-06: Google's clients
/// don't look at it).
struct UploadGranularityFault: Fault {
    /// In bytes.
    var bytes = 262_144

    func add(to trouble: inout UploadTrouble) { trouble.granularity = bytes }
}
