// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

func view(_ text: String) throws -> JSONView { try JSONDocument(parsing: bytes(text)).root }

func answer(
    _ body: String, status: Int = 200, type: String = "application/json; charset=UTF-8",
    _ fields: [(String, String)] = []
) -> RecordedAnswer {
    let all = [("Content-Type", type)] + fields
    return RecordedAnswer(
        status: status, fields: all.map { HTTPFields.Field($0.0, $0.1) }, body: RecordedBody(bytes(body)))
}

func request(_ method: String, _ target: String, _ body: String = "", _ fields: [(String, String)] = [])
    -> RecordedRequest
{
    RecordedRequest(
        method: method, target: target, fields: fields.map { HTTPFields.Field($0.0, $0.1) },
        body: RecordedBody(bytes(body)))
}

let generate = "/v1beta/models/gemini-2.5-flash:generateContent"
