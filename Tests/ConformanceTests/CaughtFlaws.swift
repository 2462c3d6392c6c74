// SPDX-License-Identifier: Apache-2.0

import ReferenceClient

/// Which checks the broken clients fail, as `CASE:CHECK`, by the suite: those, and no others of the suite.
enum CaughtFlaws {
    static let bySuite: [String: [Flaw: Set<String>]] = [
        "SSE": streams, "ERR": errors, "JSN": content, "REQ": requests, "UPL": uploads, "FIL": files,
        "INT": interactions,
    ]
}
