// SPDX-License-Identifier: Apache-2.0

/// The names that each map of a case's file may have. The decoder reads by these lists, and the published JSON Schema is
/// checked against them.
struct CaseForm: Sendable {
    /// What such a map is, as part of a sentence.
    let title: String
    /// Its name in the JSON Schema.
    let definition: String
    let required: [String]
    let optional: [String]

    var names: [String] { required + optional }

    init(_ title: String, _ definition: String, required: [String] = [], optional: [String] = []) {
        self.title = title
        self.definition = definition
        self.required = required
        self.optional = optional
    }

    static let suite = CaseForm("a suite", "suite", required: ["suite", "title", "cases"])
    static let conformanceCase = CaseForm(
        "a case", "case", required: ["id", "title", "severity", "source", "server", "task", "checks"],
        optional: ["why", "needs", "budget", "timed", "mark", "files"])
    static let file = CaseForm(
        "a file", "file", required: ["size"], optional: ["name", "content", "sparse", "shrinks"])
    static let selector = CaseForm(
        "of", "selector", optional: ["call", "method", "path", "host", "status", "command", "which"])
    static let range = CaseForm("a range", "range", optional: ["min", "max"])
    /// What any check may have, beside what its kind has.
    static let check = CaseForm("a check", "check", required: ["name"], optional: ["severity", "because"])
    static let condition = CaseForm(
        "a condition", "condition",
        optional: ["equals", "contains", "glob", "exists", "oneOf", "min", "max", "not"])
}
