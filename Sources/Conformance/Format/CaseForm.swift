// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The forms of the maps in a case’s file.
enum CaseForm {
    static let suite = MapForm("a suite", "suite", required: ["suite", "title", "cases"])
    static let conformanceCase = MapForm(
        "a case", "case", required: ["id", "title", "severity", "source", "server", "task", "checks"],
        optional: ["why", "needs", "budget", "timed", "mark", "files"])
    static let file = MapForm(
        "a file", "file", required: ["size"], optional: ["name", "content", "sparse", "shrinks"])
    static let selector = MapForm(
        "of", "selector", optional: ["call", "method", "path", "host", "status", "command", "which"])
    static let range = MapForm("a range", "range", optional: ["min", "max"])
    /// What any check may have, beside what its kind has.
    static let check = MapForm("a check", "check", required: ["name"], optional: ["severity", "because"])
    static let condition = MapForm(
        "a condition", "condition",
        optional: ["equals", "contains", "glob", "exists", "oneOf", "min", "max", "not"])
}
