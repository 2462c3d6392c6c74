// SPDX-License-Identifier: Apache-2.0

import ReferenceClient

extension CaughtFlaws {
    static let requests: [Flaw: Set<String>] = [:]
}
