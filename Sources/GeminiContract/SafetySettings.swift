// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What is refused of `safetySettings`; the fake never blocks anything by itself.
enum SafetySettings {
    /// The categories of this API, with their numbers in the enum `HarmCategory`, in the order in which a refusal lists them
    /// (CORE 6.4, seen).
    static let categories: KeyValuePairs = [
        "HARM_CATEGORY_HATE_SPEECH": 8, "HARM_CATEGORY_SEXUALLY_EXPLICIT": 9,
        "HARM_CATEGORY_DANGEROUS_CONTENT": 10, "HARM_CATEGORY_HARASSMENT": 7,
        "HARM_CATEGORY_CIVIC_INTEGRITY": 11,
    ]

    static func check(_ body: JSONView, _ problems: inout RequestProblems) {
        guard body.field("safetySettings") != nil else { return }
        for (index, setting) in body.list("safetySettings").enumerated() {
            guard !problems.isFull else { return }
            let category = setting.field("category")
            let name = category?.string?.uppercased()
            let number = category?.protoInt
            if !categories.contains(where: { $0.key == name || $0.value == number }) {
                problems.add(safetyCategoryAt: index)
            }
        }
    }
}
