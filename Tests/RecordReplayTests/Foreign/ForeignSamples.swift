// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

@testable import RecordReplay

/// Small files in the manner of other tools, made up.
enum ForeignSamples {
    static func file(_ text: String) throws -> SourceFile {
        try SourceFile(Array(text.utf8), file: "f")
    }

    /// All that is taken from a text.
    static func imported(_ text: String, hosts: Set<String>? = nil) throws -> RecordingImport {
        var taken = RecordingImport(hosts: hosts)
        try taken.add(file(text))
        return taken
    }

    /// What is told of a text that can't be taken.
    static func problems(_ text: String) -> [String] {
        var taken = RecordingImport(hosts: nil)
        do {
            try taken.add(file(text))
            return []
        } catch {
            return (error as? RecordingProblems)?.problems.map(\.description) ?? ["\(error)"]
        }
    }

    /// As vcrpy writes it.
    static let vcrpy = """
        interactions:
        - request:
            body: '{"contents":[{"parts":[{"text":"It''s \\u00e9"}]}]}'
            headers:
              accept:
              - '*/*'
              connection:
              - keep-alive
              content-length:
              - '49'
              host:
              - generativelanguage.googleapis.com
              x-goog-api-key:
              - made-up-key-of-a-test
            method: POST
            uri: https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse
          response:
            body:
              string: "data: {\\"a\\": \\"\\u00fc \\U0001F600\\"}\\r\\n\\r\\ndata: {\\"b\\":
                2}\\r\\n\\r\\n"
            headers:
              content-type:
              - text/event-stream
              date:
              - Sun, 06 Nov 2022 08:49:37 GMT
              transfer-encoding:
              - chunked
              vary:
              - Origin
              - X-Origin
            status:
              code: 200
              message: OK
        - request:
            body: null
            headers: {}
            method: GET
            uri: https://generativelanguage.googleapis.com:443/v1beta/models?key=made-up-key-of-a-test
          response:
            body:
              string: !!binary |
                H4sIAAAAAAAC/6tWSlSyMqwFAK+sG1YHAAAA
            headers:
              Content-Encoding:
              - gzip
              Content-Type:
              - application/json; charset=UTF-8
            status:
              code: 404
              message: Not Found
        version: 1

        """

    /// With the serializer that parses bodies.
    static let parsed = """
        interactions:
        - request:
            headers:
              content-type:
              - application/json
            method: POST
            parsed_body:
              contents:
              - parts:
                - text: "Zeile\\n\\tzwei \\"ü\\" \\U0001F600 \\x7F"
                - text: 'no'
              empty: {}
              list: []
              none: null
              numbers:
              - 1
              - -0.5
              - 1.0e-05
              - 12345678901234567890123
              - 1.0e+16
              really: true
              time: 2026-08-19T14:34:14.094797Z
              folded: one
                two
            uri: https://generativelanguage.googleapis.com/v1beta/models/m:generateContent
          response:
            headers:
              content-encoding:
              - gzip
              content-type:
              - application/json
            parsed_body:
              a: 1
            status:
              code: 200
              message: OK
        version: 1

        """

    /// As Ruby's VCR writes it.
    static let ruby = """
        ---
        http_interactions:
        - request:
            method: post
            uri: https://generativelanguage.googleapis.com/v1beta/models/m:generateContent
            body:
              encoding: UTF-8
              string: '{"contents":[]}'
            headers:
              User-Agent:
              - Faraday
          response:
            status:
              code: 400
              message: Bad Request
            headers:
              Date:
              - Wed, 19 Aug 2026 14:34:12 GMT
              X-Xss-Protection:
              - '0'
            body:
              encoding: ASCII-8BIT
              string: |
                {
                  "error": 1
                }
          recorded_at: Wed, 19 Aug 2026 14:34:12 GMT
        - request:
            method: post
            uri: https://generativelanguage.googleapis.com/upload/v1beta/files
            body:
              encoding: ASCII-8BIT
              string: !binary |-
                AAH/
            headers: {}
          response:
            status:
              code: 200
            headers: {}
            body:
              encoding: ASCII-8BIT
              base64_string: "QUJD\\n"
        - request:
            method: get
            uri: https://generativelanguage.googleapis.com/latin
            body:
              encoding: US-ASCII
              string: ''
            headers: {}
          response:
            status:
              code: 200
            headers: {}
            body:
              encoding: ISO-8859-1
              string: 'ü'
        recorded_with: VCR 6.3.1

        """

    /// As google/test-server writes it.
    static let testServer = """
        {
          "recordID": "a/b",
          "interactions": [
            {
              "request": {
                "method": "POST",
                "url": "/v1beta/models/m:generateContent",
                "request": "POST /v1beta/models/m:generateContent HTTP/1.1",
                "headers": {"Content-Type": "application/json", "Test-Name": "a/b"},
                "bodySegments": [{"contents": [{"parts": [{"text": "1 \\u003c 2"}]}]}],
                "previousRequest": "b4",
                "serverAddress": "generativelanguage.googleapis.com",
                "port": 443,
                "protocol": "https"
              },
              "shaSum": "79",
              "response": {
                "statusCode": 200,
                "headers": {"Content-Encoding": "gzip", "Content-Type": "application/json; charset=UTF-8", "Vary": "Origin, X-Origin"},
                "bodySegments": [
                  {
                    "a": 1.50,
                    "b": "ü"
                  }
                ]
              }
            },
            {
              "request": {
                "method": "POST",
                "url": "/v1beta/models/m:streamGenerateContent?alt=sse",
                "headers": {},
                "bodySegments": [null],
                "serverAddress": "generativelanguage.googleapis.com",
                "port": 443,
                "protocol": "https"
              },
              "response": {
                "statusCode": 200,
                "headers": {"Content-Type": "text/event-stream"},
                "bodySegments": [{"a": 1}, {"b": 2}]
              }
            },
            {
              "request": {
                "method": "GET",
                "url": "/",
                "headers": {},
                "bodySegments": [null],
                "serverAddress": "generativelanguage.googleapis.com",
                "port": 8443,
                "protocol": "http"
              },
              "response": {"statusCode": 200, "headers": {"Content-Encoding": "gzip"}}
            }
          ]
        }
        """

    /// As browsers write it: names of their own, HTTP/2, what is compressed decompressed.
    static let har = """
        {
          "log": {
            "version": "1.2",
            "creator": {"name": "WebInspector", "version": "537.36"},
            "pages": [],
            "entries": [
              {
                "_initiator": {"type": "script"},
                "_priority": "High",
                "startedDateTime": "2026-08-19T14:34:12.345Z",
                "time": 431.2,
                "request": {
                  "method": "POST",
                  "url": "https://generativelanguage.googleapis.com/v1beta/models/m:generateContent?key=made-up-key-of-a-test#x",
                  "httpVersion": "http/2.0",
                  "headers": [
                    {"name": ":authority", "value": "generativelanguage.googleapis.com"},
                    {"name": "content-type", "value": "application/json"}
                  ],
                  "queryString": [{"name": "key", "value": "made-up-key-of-a-test"}],
                  "cookies": [],
                  "headersSize": -1,
                  "bodySize": 15,
                  "postData": {"mimeType": "application/json", "text": "{\\"contents\\":[]}"}
                },
                "response": {
                  "status": 200,
                  "statusText": "",
                  "httpVersion": "http/2.0",
                  "headers": [
                    {"name": "content-encoding", "value": "br"},
                    {"name": "content-type", "value": "application/json; charset=UTF-8"},
                    {"name": "set-cookie", "value": "a=b\\nc=d"}
                  ],
                  "cookies": [],
                  "content": {"size": 13, "mimeType": "application/json", "text": "{\\n  \\"a\\": 1\\n}"},
                  "redirectURL": "",
                  "headersSize": -1,
                  "bodySize": -1,
                  "_transferSize": 300
                },
                "cache": {},
                "timings": {"blocked": 1.5, "send": 0.2, "wait": 412.5, "receive": 1, "_blocked_queueing": 1}
              },
              {
                "startedDateTime": "2026-08-19T14:34:13Z",
                "request": {"method": "GET", "url": "https://example.com/logo.png", "headers": [], "bodySize": 0},
                "response": {"status": 200, "headers": [], "content": {"size": 3, "text": "AAH/", "encoding": "base64"}}
              },
              {
                "request": {"method": "GET", "url": "https://generativelanguage.googleapis.com/v1beta/models", "headers": []},
                "response": {"status": 0, "headers": [], "content": {"size": 0}}
              },
              {
                "request": {"method": "PUT", "url": "https://generativelanguage.googleapis.com/b", "headers": [], "bodySize": 7},
                "response": {"status": 200, "headers": [], "content": {"size": 9, "mimeType": "x"}}
              }
            ]
          }
        }
        """
}
