// SPDX-License-Identifier: Apache-2.0

import ReferenceClient

extension CaughtFlaws {
    static let errors: [Flaw: Set<String>] = [
        .brokenIsEmpty: ["ERR-10:raised"],
        .constantBackoff: ["ERR-04:grows"],
        .hidesAttempts: ["ERR-12:attempts"],
        .hidesDetails: ["ERR-06:field", "ERR-13:kept"],
        .hidesHTTP: [
            "ERR-06:http", "ERR-08:http", "ERR-09:http", "ERR-12:http", "ERR-14:http", "ERR-16:http",
            "ERR-17:http",
        ],
        .hidesStatus: ["ERR-03:status", "ERR-13:status", "ERR-16:status", "ERR-18:status", "ERR-20:status"],
        .ignoresRetryAfter: ["ERR-02:waited"],
        .ignoresRetryInfo: ["ERR-01:waited", "ERR-15:waited"],
        .ignoresStatus: [
            "ERR-01:again", "ERR-01:waited", "ERR-01:text", "ERR-02:again", "ERR-02:waited",
            "ERR-03:raised", "ERR-03:status", "ERR-04:again", "ERR-04:grows", "ERR-04:text",
            "ERR-05:again", "ERR-05:text", "ERR-06:raised", "ERR-06:http", "ERR-06:message",
            "ERR-06:field", "ERR-07:told", "ERR-08:raised", "ERR-08:http", "ERR-08:message",
            "ERR-09:http", "ERR-12:raised", "ERR-12:http", "ERR-12:attempts", "ERR-13:status",
            "ERR-13:message", "ERR-13:kept", "ERR-14:http", "ERR-14:message", "ERR-15:again",
            "ERR-15:waited", "ERR-15:text", "ERR-16:http", "ERR-16:status", "ERR-16:message",
            "ERR-17:http", "ERR-17:message", "ERR-18:status", "ERR-18:message", "ERR-20:raised",
            "ERR-20:status",
        ],
        .noRetries: [
            "ERR-01:again", "ERR-01:waited", "ERR-01:text", "ERR-02:again", "ERR-02:waited",
            "ERR-04:again", "ERR-04:grows", "ERR-04:text", "ERR-05:again", "ERR-05:text",
            "ERR-15:again", "ERR-15:waited", "ERR-15:text", "ERR-19:again", "ERR-19:ok",
        ],
        .noTimeout: ["ERR-11:closed"],
        .retriesAll: ["ERR-06:once", "ERR-07:once", "ERR-08:once", "ERR-14:once", "ERR-18:once"],
        .retriesDailyQuota: ["ERR-03:once"],
        .retriesForEver: [
            "ERR-01:waited", "ERR-02:waited", "ERR-04:grows", "ERR-12:bounded", "ERR-15:waited",
        ],
        .statusOnly: [
            "ERR-06:message", "ERR-06:field", "ERR-07:told", "ERR-08:message", "ERR-13:message",
            "ERR-13:kept", "ERR-14:message", "ERR-16:message", "ERR-17:message", "ERR-18:message",
        ],
        .swallowsErrors: [
            "ERR-03:raised", "ERR-03:status", "ERR-06:raised", "ERR-06:http", "ERR-06:message",
            "ERR-06:field", "ERR-07:told", "ERR-08:raised", "ERR-08:http", "ERR-08:message",
            "ERR-09:raised", "ERR-09:http", "ERR-10:raised", "ERR-11:raised", "ERR-12:raised",
            "ERR-12:http", "ERR-12:attempts", "ERR-13:status", "ERR-13:message", "ERR-13:kept",
            "ERR-14:http", "ERR-14:message", "ERR-16:http", "ERR-16:status", "ERR-16:message",
            "ERR-17:http", "ERR-17:message", "ERR-18:status", "ERR-18:message", "ERR-20:raised",
            "ERR-20:status",
        ],
        .wantsDetails: [
            "ERR-02:again", "ERR-02:waited", "ERR-04:again", "ERR-04:grows", "ERR-04:text",
            "ERR-05:again", "ERR-05:text", "ERR-12:http", "ERR-14:http", "ERR-14:message",
            "ERR-16:http", "ERR-16:status", "ERR-16:message", "ERR-17:http", "ERR-17:message",
            "ERR-18:status", "ERR-18:message",
        ],
        .wantsErrorObject: ["ERR-16:http", "ERR-16:status", "ERR-16:message"],
        .wantsJSONErrors: ["ERR-09:http"],
        .wantsKnownDetails: ["ERR-13:status", "ERR-13:message", "ERR-13:kept"],
    ]
}
