// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ReferenceClient {
    /// `interact`, `resume`, `cancel`.
    ///
    /// - Returns: nil for any other verb.
    func performOnInteractions(_ verb: String, _ step: JSON, _ results: [JSON]) throws -> JSON? { nil }
}
