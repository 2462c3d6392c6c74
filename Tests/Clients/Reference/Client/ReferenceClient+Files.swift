// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ReferenceClient {
    /// `upload`, `wait_active`, `get_file`, `list_files`, `delete_file`.
    ///
    /// - Returns: nil for any other verb.
    func performOnFiles(_ verb: String, _ step: JSON, _ results: [JSON]) throws -> JSON? { nil }
}
