// SPDX-License-Identifier: Apache-2.0

import ReferenceClient

extension CaughtFlaws {
    static let streams: [Flaw: Set<String>] = [
        .alwaysSSE: ["SSE-25:framing"],
        .asksTwice: ["SSE-01:once", "SSE-14:once", "SSE-24:once", "SSE-29:once"],
        .assistantRole: ["SSE-23:roles"],
        .commentHidesData: ["SSE-09:text"],
        .commentIsError: ["SSE-08:text", "SSE-08:finish", "SSE-09:text", "SSE-14:text"],
        .crlfOnly: ["SSE-02:text", "SSE-02:finish", "SSE-03:text"],
        .dataFirst: ["SSE-10:text"],
        .decodesPieces: ["SSE-06:text"],
        .doneIsJSON: ["SSE-21:ok"],
        .dropsEmptyParts: ["SSE-23:returned"],
        .dropsPartialText: ["SSE-15:kept", "SSE-16:kept", "SSE-18:kept", "SSE-19:kept", "SSE-27:kept"],
        .dropsThoughts: ["SSE-23:thought"],
        .firstUsage: ["SSE-26:total", "SSE-26:answer"],
        .forgetsConversation: ["SSE-23:returned", "SSE-23:roles", "SSE-23:turns"],
        .hidesHTTP: ["SSE-29:http"],
        .hidesStatus: ["SSE-15:status", "SSE-16:status", "SSE-29:status"],
        .ignoresBrokenConnection: ["SSE-19:raised", "SSE-27:raised", "SSE-28:raised"],
        .ignoresCancel: ["SSE-24:closed"],
        .ignoresErrorEvents: ["SSE-15:raised", "SSE-15:status"],
        .ignoresRest: ["SSE-16:raised", "SSE-16:status", "SSE-18:raised"],
        .ignoresStatus: ["SSE-29:raised", "SSE-29:http", "SSE-29:status"],
        .impatient: ["SSE-14:text"],
        .keepsByteOrderMark: ["SSE-13:text"],
        .lastDataLine: ["SSE-11:text"],
        .lfOnly: [
            "SSE-01:text", "SSE-01:finish", "SSE-03:text", "SSE-04:text", "SSE-04:finish", "SSE-05:text",
            "SSE-05:finish", "SSE-06:text", "SSE-07:text", "SSE-08:text", "SSE-08:finish", "SSE-09:text",
            "SSE-10:text", "SSE-11:text", "SSE-12:text", "SSE-13:text", "SSE-14:text", "SSE-15:status",
            "SSE-15:kept", "SSE-16:kept", "SSE-18:kept", "SSE-19:kept", "SSE-21:text", "SSE-21:ok",
            "SSE-22:text", "SSE-23:text", "SSE-23:thought", "SSE-23:returned", "SSE-23:roles", "SSE-23:turns",
            "SSE-24:closed", "SSE-26:total", "SSE-26:answer", "SSE-27:kept",
        ],
        .mixedLineEnds: ["SSE-03:text"],
        .noAlt: ["SSE-01:framing", "SSE-18:kept", "SSE-19:kept", "SSE-24:closed", "SSE-27:kept"],
        .noFinishReason: [
            "SSE-01:finish", "SSE-02:finish", "SSE-04:finish", "SSE-05:finish", "SSE-08:finish",
            "SSE-25:finish",
        ],
        .noTimeout: ["SSE-28:closed"],
        .pieceIsEvent: [
            "SSE-04:text", "SSE-04:finish", "SSE-06:text", "SSE-22:text", "SSE-25:text", "SSE-25:finish",
        ],
        .retriesAll: ["SSE-29:once"],
        .shortLines: ["SSE-22:text"],
        .thoughtIsText: ["SSE-23:text", "SSE-23:thought"],
        .trustsEnd: ["SSE-17:told", "SSE-20:told"],
        .unicodeLineEnds: ["SSE-07:text"],
        .wantsBlank: ["SSE-12:text"],
    ]
}
