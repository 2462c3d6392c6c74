// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// A 503 in the middle of an upload, after so many bytes of the request were stored (storage-testbench
/// `return-503-after-256K`; PEERS UPL-07, UPL-08). A good client asks where the upload stands, and goes on from there.
struct UploadUnavailableFault: Fault {
    /// In bytes.
    var stored = 0
    /// Whether the answer has `X-Goog-Upload-Status` and the number of bytes that were stored.
    var tellsStanding = true

    func add(to trouble: inout UploadTrouble) {
        trouble.unavailableAfter = stored
        trouble.tellsStanding = tellsStanding
    }
}
