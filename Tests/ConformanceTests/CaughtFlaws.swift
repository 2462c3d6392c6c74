// SPDX-License-Identifier: Apache-2.0

import ReferenceClient

/// Which checks the broken clients fail, as `CASE:CHECK`, and no others of the suites that are named there.
enum CaughtFlaws {
    static let all = [streams, errors, content, requests, uploads, files, interactions]

    static func checks(by flaw: Flaw) -> Set<String> {
        all.reduce(into: []) { $0.formUnion($1[flaw] ?? []) }
    }
}
