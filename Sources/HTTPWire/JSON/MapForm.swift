// SPDX-License-Identifier: Apache-2.0

/// The names that a map in a text that people write may have. Decoders read by such forms, and published JSON Schemas are
/// checked against them.
package struct MapForm: Sendable {
    /// What such a map is, as part of a sentence.
    package let title: String
    /// Its name in the JSON Schema.
    package let definition: String
    package let required: [String]
    package let optional: [String]

    package var names: [String] { required + optional }

    package init(_ title: String, _ definition: String, required: [String] = [], optional: [String] = []) {
        self.title = title
        self.definition = definition
        self.required = required
        self.optional = optional
    }
}
