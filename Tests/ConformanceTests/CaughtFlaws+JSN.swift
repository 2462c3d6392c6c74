// SPDX-License-Identifier: Apache-2.0

import ReferenceClient

extension CaughtFlaws {
    static let content: [Flaw: Set<String>] = [
        .dropsCutText: ["JSN-04:text"],
        .asksTwice: ["JSN-14:once"],
        .countsDetails: ["JSN-14:tokens"],
        .dropsCallIDs: ["JSN-05:first", "JSN-05:second"],
        .dropsFunctionResults: ["JSN-05:result"],
        .dropsModelTurn: ["JSN-05:both", "JSN-05:first", "JSN-05:second", "JSN-05:result"],
        .hidesFinish: [
            "JSN-01:told", "JSN-04:told", "JSN-08:told", "JSN-09:told", "JSN-10:told", "JSN-11:told",
            "JSN-12:told",
        ],
        .hidesFinishMessage: ["JSN-12:message"],
        .hidesMIME: ["JSN-06:type"],
        .ignoresFeedback: ["JSN-03:told", "JSN-07:told"],
        .namesUnknownOther: ["JSN-01:told", "JSN-07:told"],
        .nullIsValue: ["JSN-13:ok", "JSN-13:text"],
        .runsFirstCall: ["JSN-05:both", "JSN-05:second", "JSN-05:result"],
        .runsNoFunctions: [
            "JSN-05:again", "JSN-05:both", "JSN-05:first", "JSN-05:second", "JSN-05:result",
            "JSN-05:calls", "JSN-05:text",
        ],
        .standardBase64: ["JSN-06:ok", "JSN-06:size", "JSN-06:type"],
        .stripsCallIDs: ["JSN-05:calls"],
        .urlSafeBase64: ["JSN-15:text", "JSN-15:size"],
        .wantsArguments: [
            "JSN-05:again", "JSN-05:both", "JSN-05:first", "JSN-05:second", "JSN-05:result",
            "JSN-05:calls", "JSN-05:text",
        ],
        .wantsContent: ["JSN-08:told"],
        .wantsKnownMembers: ["JSN-02:ok", "JSN-02:text"],
        .wantsKnownWords: ["JSN-01:text", "JSN-01:told", "JSN-07:told"],
        .wantsParts: ["JSN-09:told", "JSN-10:told", "JSN-11:told", "JSN-12:told", "JSN-12:message"],
        .wantsText: [
            "JSN-02:ok", "JSN-02:text", "JSN-05:again", "JSN-05:both", "JSN-05:first", "JSN-05:second",
            "JSN-05:result", "JSN-05:calls", "JSN-05:text", "JSN-06:ok", "JSN-06:size", "JSN-06:type",
            "JSN-15:text", "JSN-15:size",
        ],
    ]
}
