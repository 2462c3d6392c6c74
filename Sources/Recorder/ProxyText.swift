// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What the recorder itself says, without credentials.
enum ProxyText {
    /// The beginning of a request line, with nothing that a terminal would act upon.
    static func line(_ method: String, _ target: String) -> String {
        let text = "\(method) \(Redactor().target(RequestTarget(target)))"
        return TerminalText.line(Substring(text.unicodeScalars.prefix(300)))
    }

    /// An answer in the shape of the API's errors (CORE 6.1), in the recorder's own words.
    static func error(_ status: Int, _ name: String, _ message: String) -> ResponsePlan {
        let body: JSON = [
            "error": [
                "code": .int(status), "message": .string("gemini-mock record: \(Redactor().text(message))"),
                "status": .string(name),
            ]
        ]
        return ResponsePlan(
            status: status, fields: [HTTPFields.Field("Content-Type", "application/json; charset=UTF-8")],
            body: body.bytes(.pretty))
    }
}
