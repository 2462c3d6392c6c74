// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What lets a web page call another host (CORE 1.6).
enum CrossOrigin {
    /// Adds the recorded fields where the request names its origin.
    static func allow(_ plan: ResponsePlan, for head: RequestHead) -> ResponsePlan {
        guard let origin = head.fields["origin"], !origin.isEmpty,
            origin.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return plan }
        if let pending = plan.pending { return .pending(pending.mapped { allow($0, for: head) }) }
        var plan = plan
        plan.head.fields.append(HTTPFields.Field("Access-Control-Allow-Origin", origin))
        // Without these the web client can't read where to send a file (assumed: CORE 1.6).
        let upload = Set(plan.head.fields.map { $0.name.lowercased() }).filter {
            $0.hasPrefix("x-goog-upload-")
        }
        plan.head.fields.append(
            HTTPFields.Field(
                "Access-Control-Expose-Headers",
                (["vary,vary,vary,content-encoding,date,server,content-length"] + upload.sorted())
                    .joined(separator: ",")
            )
        )
        return plan
    }

    /// Whether the browser asks before it sends.
    static func isPreflight(_ head: RequestHead) -> Bool {
        head.method == "OPTIONS" && head.fields.contains("origin")
    }

    /// The answer to that: all that was asked for. Assumed; no preflight has been recorded.
    static func preflightFields(_ head: RequestHead) -> [HTTPFields.Field] {
        var fields = [
            HTTPFields.Field("Access-Control-Allow-Methods", "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT")
        ]
        if let asked = head.fields["access-control-request-headers"] {
            fields.append(HTTPFields.Field("Access-Control-Allow-Headers", asked))
        }
        fields.append(HTTPFields.Field("Access-Control-Max-Age", "3600"))
        return fields
    }
}
