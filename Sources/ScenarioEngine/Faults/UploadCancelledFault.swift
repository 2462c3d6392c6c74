// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// The server has given the upload up: `X-Goog-Upload-Status: cancelled` (PEERS UPL-12).
struct UploadCancelledFault: Fault {
    func add(to trouble: inout UploadTrouble) { trouble.isCancelled = true }
}
