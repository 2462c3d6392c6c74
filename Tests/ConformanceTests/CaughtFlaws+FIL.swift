// SPDX-License-Identifier: Apache-2.0

import ReferenceClient

extension CaughtFlaws {
    static let files: [Flaw: Set<String>] = [:]
}
