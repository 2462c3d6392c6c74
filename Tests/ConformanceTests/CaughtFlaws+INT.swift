// SPDX-License-Identifier: Apache-2.0

import ReferenceClient

extension CaughtFlaws {
    static let interactions: [Flaw: Set<String>] = [
        .alwaysV1: ["INT-37:path"],
        .alwaysV1beta: ["INT-36:path"],
        .busyRunPolls: ["INT-08:pause"],
        .camelCaseBody: [
            "INT-01:accepted", "INT-01:text", "INT-01:status", "INT-01:usage", "INT-05:code", "INT-05:kept",
            "INT-06:behind", "INT-06:text", "INT-11:cancelled", "INT-17:call", "INT-17:status",
            "INT-19:text", "INT-20:behind", "INT-20:text", "INT-21:behind", "INT-21:text", "INT-22:behind",
            "INT-22:text", "INT-23:behind", "INT-23:text", "INT-24:behind", "INT-24:text", "INT-25:behind",
            "INT-25:text", "INT-26:fine", "INT-26:text", "INT-28:twice", "INT-28:text", "INT-30:text",
            "INT-36:text", "INT-37:text",
        ],
        .cancelsByDelete: ["INT-11:cancelled", "INT-17:call", "INT-17:status", "INT-40:message"],
        .dropsInteractionText: ["INT-05:kept"],
        .dropsInteractionUsage: ["INT-01:usage"],
        .dropsTools: ["INT-03:tools"],
        .dropsUnknownEvents: ["INT-04:visible"],
        .firstDeltaOnly: [
            "INT-01:text", "INT-04:text", "INT-06:text", "INT-20:text", "INT-21:text",
            "INT-22:text", "INT-23:text", "INT-24:text", "INT-25:text", "INT-26:text", "INT-27:text",
            "INT-28:text", "INT-33:text", "INT-39:text",
        ],
        .hastierPolls: ["INT-08:longer", "INT-08:pause"],
        .hidesHTTP: ["INT-29:http"],
        .hidesStatus: ["INT-05:code", "INT-29:code", "INT-41:code"],
        .ignoresIndex: ["INT-39:text"],
        .ignoresInteractionErrors: ["INT-05:raised", "INT-05:code", "INT-05:kept"],
        .ignoresRunCancel: ["INT-11:cancelled", "INT-11:ended"],
        .ignoresStore: ["INT-19:store"],
        .interactionErrorsAreFine: [
            "INT-05:raised", "INT-05:code", "INT-05:kept", "INT-10:raised", "INT-16:raised", "INT-29:http",
            "INT-29:code", "INT-29:message", "INT-34:told", "INT-40:raised", "INT-40:message", "INT-41:code",
        ],
        .joinsByLine: [
            "INT-01:text", "INT-04:text", "INT-06:text", "INT-20:text", "INT-21:text",
            "INT-22:text", "INT-23:text", "INT-24:text", "INT-25:text", "INT-26:text", "INT-27:text",
            "INT-28:text", "INT-33:text", "INT-38:text", "INT-39:text",
        ],
        .keepsAtResume: ["INT-27:text"],
        .lastArguments: ["INT-02:arguments"],
        .looksOnce: ["INT-18:looks", "INT-18:text"],
        .mixesCallIDs: ["INT-03:second"],
        .neverResumes: [
            "INT-06:behind", "INT-06:text", "INT-20:behind", "INT-20:text", "INT-21:behind", "INT-21:text",
            "INT-22:behind", "INT-22:text", "INT-23:behind", "INT-23:text", "INT-24:behind", "INT-25:behind",
            "INT-27:text", "INT-28:twice", "INT-28:text",
        ],
        .noPrevious: ["INT-03:previous", "INT-31:previous"],
        .noRetries: ["INT-30:again", "INT-30:pause", "INT-30:text", "INT-35:looks", "INT-35:text"],
        .onlyHangsUp: ["INT-11:cancelled"],
        .queuedIsOver: [
            "INT-08:looks", "INT-08:pause", "INT-08:longer", "INT-08:text", "INT-09:failed",
            "INT-09:stopped", "INT-12:cancelled", "INT-12:stopped", "INT-13:status", "INT-13:text",
            "INT-14:status", "INT-35:looks", "INT-35:text",
        ],
        .recreatesRuns: [
            "INT-08:looks", "INT-08:once", "INT-08:pause", "INT-08:longer", "INT-08:text", "INT-09:stopped",
            "INT-12:stopped", "INT-13:status", "INT-13:text", "INT-14:status", "INT-35:looks", "INT-35:text",
        ],
        .recreatesStreams: [
            "INT-06:behind", "INT-06:once", "INT-07:once", "INT-20:behind", "INT-20:once", "INT-21:behind",
            "INT-21:once", "INT-22:behind", "INT-22:once", "INT-23:behind", "INT-23:once", "INT-24:behind",
            "INT-24:once", "INT-25:behind", "INT-25:once", "INT-27:once", "INT-27:text", "INT-28:twice",
            "INT-28:once",
        ],
        .repeatsPosts: ["INT-10:once", "INT-16:once"],
        .resumesFromStart: [
            "INT-06:behind", "INT-21:behind", "INT-22:behind", "INT-23:behind", "INT-24:behind",
            "INT-25:behind",
        ],
        .resumesOnce: ["INT-28:twice", "INT-28:text"],
        .retriesAll: ["INT-16:once", "INT-29:once", "INT-41:once"],
        .runsOneCall: ["INT-03:second"],
        .sendsHistory: ["INT-31:new alone"],
        .statusIsCompleted: [
            "INT-03:previous", "INT-03:first", "INT-03:second", "INT-03:text", "INT-09:failed",
            "INT-12:cancelled", "INT-13:status", "INT-14:status", "INT-15:status", "INT-17:status",
        ],
        .statusOnly: ["INT-29:message", "INT-40:message"],
        .thoughtsAreText: ["INT-32:text"],
        .trustsStreamEnd: ["INT-07:told", "INT-34:told"],
        .unknownDeltaIsError: ["INT-04:text", "INT-04:visible"],
        .unknownEventIsError: ["INT-04:text", "INT-04:visible"],
        .unknownStatusIsError: ["INT-15:status"],
        .unknownStepIsError: ["INT-38:text"],
        .wantsDone: ["INT-26:fine"],
        .wantsUsage: ["INT-33:fine"],
    ]
}
