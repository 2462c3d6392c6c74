// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// Breaks the connection (RST) when so many bytes of an upload's request have come (storage-testbench
/// `return-reset-connection`; PEERS UPL-09). What has come counts.
struct UploadResetFault: Fault {
    /// In bytes.
    var received = 0

    func add(to trouble: inout UploadTrouble) { trouble.resetsAfter = received }
}
