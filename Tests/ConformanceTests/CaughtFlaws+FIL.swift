// SPDX-License-Identifier: Apache-2.0

import ReferenceClient

extension CaughtFlaws {
    static let files: [Flaw: Set<String>] = [
        .brokenPageIsEnd: ["FIL-14:raised"],
        .busyPolls: ["FIL-01:pause"],
        .emptyPageIsEnd: ["FIL-05:pages", "FIL-05:last", "FIL-05:count"],
        .failedIsProcessing: ["FIL-02:stopped", "FIL-02:told", "FIL-15:stopped"],
        .fileErrorsAreFine: [
            "FIL-02:raised", "FIL-02:told", "FIL-03:raised", "FIL-06:told", "FIL-06:http", "FIL-14:raised",
            "FIL-15:raised",
        ],
        .firstPageOnly: ["FIL-05:pages", "FIL-05:token", "FIL-05:last", "FIL-05:count", "FIL-14:raised"],
        .goneIsError: ["FIL-07:done"],
        .hidesFileError: ["FIL-02:told"],
        .hidesHTTP: ["FIL-06:http"],
        .hidesStatus: ["FIL-04:status", "FIL-09:status"],
        .ignoresPageSize: ["FIL-05:size"],
        .noRetries: ["FIL-12:state", "FIL-12:again"],
        .processingIsActive: [
            "FIL-01:pause", "FIL-01:looks", "FIL-01:text", "FIL-02:raised", "FIL-02:stopped", "FIL-02:told",
            "FIL-03:raised",
        ],
        .rawPageToken: ["FIL-05:token"],
        .retriesAll: [
            "FIL-04:looks first", "FIL-06:once", "FIL-07:once", "FIL-09:not blindly", "FIL-13:once",
        ],
        .sizeIsText: ["FIL-08:size"],
        .statusOnly: ["FIL-02:told", "FIL-06:told", "FIL-13:told"],
        .swallowsErrors: [
            "FIL-02:raised", "FIL-02:told", "FIL-03:raised", "FIL-04:status", "FIL-06:told", "FIL-06:http",
            "FIL-09:status", "FIL-13:told", "FIL-14:raised", "FIL-15:raised",
        ],
        .unknownStateIsError: ["FIL-11:state"],
        .vagueFileErrors: ["FIL-02:told", "FIL-06:told", "FIL-06:http"],
        .waitsForEver: ["FIL-03:in time"],
        .wantsFiles: ["FIL-05:pages", "FIL-05:last", "FIL-05:count", "FIL-10:fine", "FIL-10:none"],
        .wantsMicroseconds: [
            "FIL-01:pause", "FIL-01:looks", "FIL-01:text", "FIL-08:seconds", "FIL-08:milliseconds",
            "FIL-08:microseconds", "FIL-08:nanoseconds", "FIL-08:size", "FIL-09:not blindly",
            "FIL-09:status",
        ],
    ]
}
