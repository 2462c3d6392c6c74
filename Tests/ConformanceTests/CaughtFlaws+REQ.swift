// SPDX-License-Identifier: Apache-2.0

import ReferenceClient

extension CaughtFlaws {
    static let requests: [Flaw: Set<String>] = [
        .inlinesAll: ["REQ-02:small", "REQ-02:done"],
        .anonymous: ["REQ-07:told"],
        .asciiOnly: ["REQ-09:same"],
        .asksNothing: [
            "REQ-01:field", "REQ-03:asked", "REQ-04:body", "REQ-04:contents", "REQ-04:parts",
            "REQ-04:role", "REQ-04:text", "REQ-05:kept", "REQ-06:type", "REQ-07:told", "REQ-08:path",
            "REQ-08:text", "REQ-09:same", "REQ-10:own", "REQ-10:alone", "REQ-11:field",
        ],
        .doublesModels: ["REQ-08:text"],
        .dropsBasePath: ["REQ-05:kept", "REQ-08:path"],
        .followsWithKey: ["REQ-03:key"],
        .formType: ["REQ-06:type"],
        .humanRole: ["REQ-04:role", "REQ-08:text"],
        .keyInQuery: ["REQ-01:field", "REQ-01:hidden", "REQ-11:field", "REQ-11:hidden"],
        .keyTwice: ["REQ-01:hidden", "REQ-08:text", "REQ-11:hidden"],
        .numbersTurns: ["REQ-04:contents", "REQ-08:text"],
        .sendsStream: ["REQ-04:body", "REQ-08:text"],
        .systemTurn: ["REQ-04:text", "REQ-10:own", "REQ-10:alone"],
        .typesParts: ["REQ-04:parts", "REQ-08:text"],
        .wrapsText: ["REQ-08:text", "REQ-09:same"],
    ]
}
