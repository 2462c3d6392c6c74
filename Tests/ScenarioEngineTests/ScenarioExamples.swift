// SPDX-License-Identifier: Apache-2.0

@testable import ScenarioEngine

/// Files with mistakes, and what is told of each; and whole files without.
enum ScenarioExamples {
    static let vocabulary = ScenarioVocabulary(
        endpoints: ["generateContent", "streamGenerateContent", "countTokens", "uploadFile"],
        errors: ["quota-per-minute", "quota-per-day", "internal"]
    )

    static let frame = """
        name: rate limit
        description: one refusal, then a text
        settings: {strict: true, streamInterval: 20ms, runLength: 30s}
        states: {quota: [full, empty]}
        stubs:
          - name: first
            when: {endpoint: generateContent, model: gemini-*, state: {quota: full}}
            repeat: fail
            required: true
            replies:
              - {error: quota-per-minute, retryDelay: 3s, set: {quota: empty}}
              - {text: Hello}
          - name: rest
            replies: [{builtIn: true}]

        """

    /// Whole files without a mistake; between them every name is used.
    static let good: [String] =
        [frame]
        + [
            "{}", "{endpoint: [generateContent, countTokens], model: x}", "{model: [a, b*]}",
            "{tenant: k, stream: true}", "{step: [upload, finalize]}", "{endpoint: uploadFile, step: start}",
            "{header: {a: b, c: {glob: x}}, query: {}}", "{system: {contains: x}, lastText: {matches: x}}",
            "{body: {}, pointers: [{at: '', exists: true}, {at: /a, equals: null}, {at: /b, matches: x}]}",
            "{schema: {type: object, properties: {a: {enum: [1]}}, items: true, anyOf: [{const: 1}]}}",
            "{schema: {type: [STRING, 'null'], items: {$ref: '#/$defs/a'}, $defs: {a: {ref: '#'}}}}",
            "{schema: {type: 5, required: [a], enum: [null], nullable: true, minItems: '1', maximum: -1.5, const: null}}",
            "{schema: {type: [1, object], exclusiveMinimum: true, multipleOf: '0.1', propertyOrdering: [], default: 3}}",
            "{tool: f, functionResponse: true, turn: {min: 1, max: 2}, call: 3, inlineBytes: {min: 1.5MB}}",
            "{file: {mimeType: x, size: 0, duration: {min: 1s, max: 1.5h}, sha256: \(String(repeating: "0", count: 64))}}",
            "{state: {quota: empty}}",
        ].map { stub(when: $0) }
        + [
            "{text: '{{model}}', set: {quota: empty}}", "{thought: x, calls: [{name: f, args: {}}]}",
            "{json: null}", "{parts: [{a: 1}]}", "{text: ab, chunks: [a, b]}",
            "{text: ab, chunks: {count: 1}}",
            "{builtIn: true, finishReason: X, usage: {a: 0}, safetyRatings: [1], promptFeedback: {}, noCandidates: true}",
            "{builtIn: true, tokensPerSecond: 0.5}", "{body: [1], status: 599}",
            "{error: internal, message: x, retryDelay: 0s}", "{file: {for: 5 s, then: EXPIRED}}",
            "{file: {polls: 1, then: FAILED, error: x}}",
            "{interaction: {status: completed, text: x, calls: [{name: f}], runLength: 1d}}",
            "{text: a, wire: {delay: 2s, firstEvent: 5ms, interval: 50ms, jitter: 0.2, bytesPerSecond: 9}}",
            "{error: internal, wire: {interval: [1s, 2s], jitter: 1, writes: {at: [1, 20]}}}",
            "{builtIn: true, wire: {writes: {bytes: 1}}}", "{body: {}, wire: {writes: {events: 3}}}",
            "{text: a, faults: [reset, {fault: reset, after: {events: 2}, times: 1}, {fault: truncate, after: {bytes: 0}}]}",
            "{text: a, faults: [{fault: error-mid-stream, error: internal, message: x, form: event}, sse-comment]}",
            "{text: a, faults: [{fault: sse-comment, text: x, form: inside, probability: 0.5}]}",
            "{error: internal, faults: [{fault: html-page, error: bad-gateway}, {fault: wrong-content-length, by: -3}]}",
            "{text: a, faults: [{fault: redirect, status: 307, location: 'http://x/'}, {fault: hang-mid-body, for: 3s}]}",
        ].map { stub(reply: $0) }
        + [
            """
            name: n
            stubs:
              - {name: a, when: {endpoint: uploadFile}, replies: [{builtIn: true, faults: [{fault: upload-granularity, bytes: 3}]}]}
              - name: b
                when: {step: [upload, finalize]}
                replies:
                  - builtIn: true
                    wire: {uploadBytesPerSecond: 9}
                    faults: [upload-reset, {fault: upload-unavailable, after: {bytes: 3}, form: silent}]
                  - {builtIn: true, faults: [upload-cancelled, upload-wrong-hash]}
            """
        ]

    /// One stub on line 4: the pattern begins at column 22.
    static func stub(when pattern: String) -> String {
        "name: n\nstates: {quota: [full, empty]}\nstubs:\n  - {name: s, when: \(pattern), replies: [{error: internal}]}\n"
    }

    /// One stub on line 4: the reply begins at column 24.
    static func stub(reply: String) -> String {
        "name: n\nstates: {quota: [full, empty]}\nstubs:\n  - {name: s, replies: [\(reply)]}\n"
    }

    struct Mistake {
        let text: String
        let problems: [String]
    }

    static let mistakes =
        (frames + scopes).map { Mistake(text: $0, problems: $1) }
        + patterns.map { Mistake(text: stub(when: $0), problems: ["4:\($1)"]) }
        + replies.map { Mistake(text: stub(reply: $0), problems: ["4:\($1)"]) }

    private static let stubs = "stubs: [{name: s, replies: [{text: x}]}]"

    private static let frames: [(String, [String])] = [
        ("[]", ["1:1: a scenario must be a map, found a list"]),
        ("name: n", ["1:1: a scenario needs “stubs”"]),
        (stubs, ["1:1: a scenario needs “name”"]),
        ("name: ''\n\(stubs)", ["1:7: this must not be empty"]),
        ("name: 7\n\(stubs)", ["1:7: expected a text, found the number 7: put it in quotes"]),
        ("name: n\nstubs: []", ["2:8: stubs must not be empty"]),
        ("name: n\nstubs: {}", ["2:8: stubs must be a list, found a map"]),
        ("name: n\nstub: []\n\(stubs)", ["2:1: a scenario has no “stub” (did you mean stubs?)"]),
        (
            "name: n\nsettings: {stream_interval: 1s}\n\(stubs)",
            ["2:12: settings has no “stream_interval” (did you mean streamInterval?)"]
        ),
        (
            "name: n\nsettings: {strict: no}\n\(stubs)",
            ["2:20: expected true or false, found the text “no” (did you mean false?)"]
        ),
        (
            "name: n\nsettings: {runLength: 3}\n\(stubs)",
            ["2:23: the number 3 has no unit (did you mean 3s?)"]
        ),
        (
            "name: n\nsettings: {runLength: 3 weeks}\n\(stubs)",
            ["2:23: expected a duration such as 500ms, 3s, 2m, 9.5h or 1d, found the text “3 weeks”"]
        ),
        (
            "name: n\nsettings: {runLength: 1001d}\n\(stubs)",
            ["2:23: “1001d” is too long: the most is 1000d"]
        ),
        ("name: n\nstates: [a]\n\(stubs)", ["2:9: states must be a map, found a list"]),
        ("name: n\nstates: {a: []}\n\(stubs)", ["2:13: a state’s values must not be empty"]),
        ("name: n\nstates: {a: [x, x]}\n\(stubs)", ["2:17: the value “x” stands here twice"]),
        ("name: n\nstubs: [{replies: [{text: x}]}]", ["2:9: a stub needs “name”"]),
        ("name: n\nstubs: [{name: s}]", ["2:9: a stub needs “replies”"]),
        ("name: n\nstubs: [{name: s, replies: []}]", ["2:28: replies must not be empty"]),
        ("name: n\nstubs: [x]", ["2:9: a stub must be a map, found the text “x”"]),
        (
            "name: n\nstubs: [{name: s, reply: 1, replies: [{text: x}]}]",
            ["2:19: a stub has no “reply”"]
        ),
        (
            "name: n\nstubs: [{name: s, repeat: cycel, replies: [{text: x}]}]",
            ["2:27: “cycel” isn’t known here: expected last, cycle or fail (did you mean cycle?)"]
        ),
        (
            "name: n\nstubs:\n  - {name: s, when: {model: a}, replies: [{text: x}]}\n"
                + "  - {name: s, when: {model: b}, replies: [{text: x}]}",
            ["4:5: two stubs are called “s”, the first in line 3"]
        ),
        (
            "name: n\nstubs:\n  - {name: s, replies: [{text: x}]}\n"
                + "  - {name: t, when: {model: b}, replies: [{text: x}]}",
            ["4:5: warning: no request reaches the stub “t”: “s” above takes all that it would match"]
        ),
        (
            "name: n\nstubs:\n  - {name: s, when: {model: [a, b]}, replies: [{text: x}]}\n"
                + "  - {name: t, when: {model: b, turn: 2}, replies: [{text: x}]}",
            ["4:5: warning: no request reaches the stub “t”: “s” above takes all that it would match"]
        ),
    ]

    private static let scopes: [(String, [String])] = [
        (
            "name: n\nstubs: [{name: s, when: {endpoint: uploadFile}, replies: [{builtIn: true, faults: [upload-reset]}]}]",
            [
                "2:84: “upload-reset” needs a stub for the endpoint uploadFile with the step upload or finalize"
            ]
        ),
        (
            "name: n\nstubs: [{name: s, replies: [{builtIn: true, faults: [upload-granularity]}]}]",
            ["2:54: “upload-granularity” needs a stub for the endpoint uploadFile with the step start"]
        ),
        (
            "name: n\nstubs: [{name: s, replies: [{builtIn: true, wire: {uploadBytesPerSecond: 1}}]}]",
            [
                "2:52: “uploadBytesPerSecond” needs a stub for the endpoint uploadFile with the step upload or finalize"
            ]
        ),
        (
            "name: n\nstubs: [{name: s, when: {step: upload}, replies: "
                + "[{builtIn: true, faults: [{fault: upload-reset, after: {events: 1}}]}]}]",
            ["2:114: “upload-reset” counts bytes of the request: expected {bytes: N}"]
        ),
        (
            "name: n\nstubs: [{name: s, when: {endpoint: countTokens}, replies: [{builtIn: true, faults: [sse-bom]}]}]",
            ["2:85: “sse-bom” breaks a stream, and countTokens gives none"]
        ),
        (
            "name: n\nstubs: [{name: s, when: {stream: false}, replies: [{text: x, faults: [{fault: empty-stream}]}]}]",
            ["2:71: “empty-stream” breaks a stream, and this stub wants none"]
        ),
    ]

    private static let patterns: [(String, String)] = [
        (
            "{model: [\(Array(repeating: "x", count: 101).joined(separator: ", "))]}",
            "29: model may have 100 entries, found 101"
        ),
        ("[]", "21: when must be a map, found a list"),
        ("{modell: x}", "22: when has no “modell” (did you mean model?)"),
        ("{zebra: x}", "22: when has no “zebra”"),
        (
            "{endpoint: generatecontent}",
            "32: “generatecontent” isn’t known here: expected generateContent, streamGenerateContent, "
                + "countTokens or uploadFile "
                + "(did you mean generateContent?)"
        ),
        ("{endpoint: []}", "32: endpoint must not be empty"),
        ("{model: 2.5}", "29: expected a text, found the number 2.5: put it in quotes"),
        ("{model: null}", "29: expected a text, found nothing"),
        ("{header: x}", "30: header must be a map, found the text “x”"),
        ("{query: {alt: {regex: x}}}", "36: a text pattern has no “regex”"),
        ("{lastText: {}}", "32: a text pattern needs one of equals, contains, glob or matches"),
        (
            "{lastText: {equals: a, glob: b}}",
            "32: a text pattern needs one of equals, contains, glob or matches"
        ),
        (
            "{system: {matches: 'ab(cd'}}",
            "40: “ab(cd” isn’t a regular expression: missing closing parenthesis at character 5"
        ),
        (
            "{system: {matches: 'é[z-a]'}}",
            "40: “é[z-a]” isn’t a regular expression: range out of order in character class at character 4"
        ),
        (
            "{pointers: [{at: /a, matches: 'a\\C'}]}",
            "51: “a\\C” isn’t a regular expression: using \\C is disabled by the application at character 3"
        ),
        ("{body: x}", "28: body must be a map, found the text “x”"),
        ("{pointers: [{at: a/b, exists: true}]}", "38: a JSON pointer begins with / (did you mean /a/b?)"),
        ("{pointers: [{exists: true}]}", "33: a pointer condition needs “at”"),
        ("{pointers: [{at: /a}]}", "33: a pointer condition needs one of equals, matches or exists"),
        ("{schema: {pattern: x}}", "31: the schema keyword “pattern” isn’t understood"),
        (
            "{schema: {properties: {a: {minLenght: 1}}}}",
            "48: the schema keyword “minLenght” isn’t understood (did you mean minLength?)"
        ),
        (
            "{schema: {type: [STRING, strnig]}}",
            "46: there is no type “strnig” in schemas (did you mean string?)"
        ),
        (
            "{schema: {items: {$ref: '#/$defs/a'}, $defs: {b: true}}}",
            "45: the schema has nothing at “#/$defs/a”"
        ),
        (
            "{schema: {type: 9}}",
            "37: expected a type: string, number, integer, boolean, array, object or null, or its number, 1 to 7, "
                + "found the number 9"
        ),
        ("{schema: {type: null}}", "37: expected a type, found nothing (did you mean 'null', in quotes?)"),
        ("{schema: {type: []}}", "37: type must not be empty"),
        ("{schema: {required: x}}", "41: required must be a list, found the text “x”"),
        ("{schema: {required: [1]}}", "42: expected a text, found the number 1: put it in quotes"),
        ("{schema: {properties: []}}", "43: properties must be a map, found a list"),
        ("{schema: {items: [true]}}", "38: a schema must be a map, found a list"),
        ("{schema: {enum: x}}", "37: enum must be a list, found the text “x”"),
        (
            "{schema: {uniqueItems: 'yes'}}",
            "44: expected true or false, found the text “yes” (did you mean true?)"
        ),
        ("{schema: {minLength: -1}}", "42: expected a whole number, 0 or more, found the number -1"),
        ("{schema: {maxItems: 1.5}}", "41: expected a whole number, 0 or more, found the number 1.5"),
        ("{schema: {maxItems: x}}", "41: expected a whole number, 0 or more, found the text “x”"),
        ("{schema: {minimum: true}}", "40: expected a number, found true"),
        ("{schema: {maximum: nan}}", "40: expected a number, found the text “nan”"),
        ("{schema: {exclusiveMaximum: []}}", "49: expected a number, found a list"),
        ("{schema: {multipleOf: 0}}", "43: expected a number over 0, found the number 0"),
        ("{schema: {format: 3}}", "39: expected a text, found the number 3: put it in quotes"),
        ("{schema: {$ref: 3}}", "37: expected a text, found the number 3: put it in quotes"),
        ("{schema: {ref: 'http://example.com'}}", "36: the schema has nothing at “http://example.com”"),
        ("{functionResponse: 3}", "40: expected true, false or a function’s name, found the number 3"),
        ("{turn: 0}", "28: 0 is too small: the least is 1"),
        ("{turn: 1.5}", "28: expected a whole number, found the number 1.5"),
        ("{turn: 012}", "28: expected a whole number, found the text “012”"),
        ("{call: {}}", "28: a range needs “min” or “max”"),
        ("{call: {min: 3, max: 2}}", "28: no number is in this range: “max” is less than “min”"),
        (
            "{inlineBytes: 20 megs}",
            "35: expected a size such as 1024, 500KB or 20MiB, found the text “20 megs”"
        ),
        ("{file: {mime: x}}", "29: a file pattern has no “mime” (did you mean mimeType?)"),
        ("{file: {sha256: abc}}", "37: a SHA-256 has 64 hex digits, found the text “abc”"),
        ("{stream: 'true'}", "30: expected true or false, found the text “true” (did you mean true?)"),
        (
            "{step: begin}",
            "28: “begin” isn’t known here: expected start, upload, finalize, query, cancel or whole"
        ),
        (
            "{endpoint: [uploadFile, countTokens], step: start}",
            "65: “step” goes with the endpoint uploadFile only"
        ),
        ("{state: {qouta: full}}", "30: there is no state “qouta” in “states” (did you mean quota?)"),
        (
            "{state: {quota: ful}}",
            "37: “ful” isn’t known here: expected full or empty (did you mean full?)"
        ),
    ]

    private static let kinds = "text, thought, calls, json, parts, builtIn, body, error, file or interaction"

    private static let replies: [(String, String)] = [
        ("x", "25: a reply must be a map, found the text “x”"),
        ("{}", "25: a reply needs one of \(kinds)"),
        ("{finishReason: STOP}", "25: a reply needs one of \(kinds)"),
        ("{text: a, error: internal}", "35: “error” and “text” can’t stand in one reply"),
        ("{text: a, json: {}}", "35: “json” and “text” can’t stand in one reply"),
        ("{parts: [], thought: a}", "37: “thought” and “parts” can’t stand in one reply"),
        ("{text: a, retryDelay: 3s}", "35: “retryDelay” goes with error only"),
        (
            "{error: internal, finishReason: STOP}",
            "43: “finishReason” goes with text, thought, calls, json, parts or builtIn only"
        ),
        (
            "{error: quota-per-minit}",
            "33: “quota-per-minit” isn’t known here: expected quota-per-minute, quota-per-day or internal "
                + "(did you mean quota-per-minute?)"
        ),
        ("{text: 12}", "32: expected a text, found the number 12: put it in quotes"),
        (
            "{text: 'hi {{lasttext}}'}",
            "32: {{lasttext}} is neither a JSON pointer such as {{/contents/0/role}} nor one of "
                + "model, endpoint, lastText, call, turn, time or seed (did you mean lastText?)"
        ),
        ("{text: 'hi {{call'}", "32: {{ is never closed by }}"),
        (
            "{text: a, chunks: 3}",
            "43: chunks must be {count: N}, {size: N} or a list of texts, found the number 3"
        ),
        ("{text: a, chunks: {count: 0}}", "51: 0 is too small: the least is 1"),
        ("{text: a, chunks: {}}", "43: chunks needs one of count or size"),
        ("{text: ab, chunks: [a, c]}", "44: joined, these chunks aren’t the “text”"),
        ("{thought: a, chunks: {count: 2}}", "46: “chunks” cuts a text, and there is none in this reply"),
        ("{calls: []}", "33: calls must not be empty"),
        ("{calls: [{nmae: f, name: f}]}", "35: a function call has no “nmae” (did you mean name?)"),
        ("{calls: [{name: f, args: 1}]}", "50: args must be a map, found the number 1"),
        ("{parts: [x]}", "34: a part must be a map, found the text “x”"),
        ("{builtIn: false}", "35: “builtIn” can only be true"),
        ("{builtIn: true, usage: {promptTokenCount: -1}}", "67: -1 is too small: the least is 0"),
        ("{builtIn: true, tokensPerSecond: 0}", "58: expected a number above 0, found the number 0"),
        ("{body: {}, status: 102}", "44: 102 is too small: the least is 200"),
        ("{body: {}, status: 600}", "44: 600 is no HTTP status: the most is 599"),
        ("{text: a, set: {quota: half}}", "48: “half” isn’t known here: expected full or empty"),
        ("{file: {}}", "32: a file needs one of for, polls, then or error"),
        ("{file: {for: 5s, polls: 2}}", "49: “polls” and “for” can’t stand in one file"),
        ("{file: {then: GONE}}", "39: “GONE” isn’t known here: expected ACTIVE, FAILED or EXPIRED"),
        ("{file: {then: ACTIVE, error: x}}", "54: “error” goes with then: FAILED only"),
        ("{interaction: {}}", "39: an interaction needs “status”"),
        ("{text: a, wire: 3s}", "41: wire must be a map, found the text “3s”"),
        ("{text: a, wire: {dely: 3s}}", "42: wire has no “dely” (did you mean delay?)"),
        ("{text: a, wire: {delay: 3}}", "49: the number 3 has no unit (did you mean 3s?)"),
        ("{text: a, wire: {interval: []}}", "52: interval must not be empty"),
        ("{text: a, wire: {jitter: 1.5}}", "50: expected a number from 0 to 1, found the number 1.5"),
        ("{text: a, wire: {bytesPerSecond: 0}}", "58: 0 is too small: the least is 1"),
        ("{text: a, wire: {writes: {}}}", "50: writes needs one of bytes, events or at"),
        ("{text: a, wire: {writes: {bytes: 1, events: 1}}}", "50: writes needs one of bytes, events or at"),
        ("{text: a, wire: {writes: {bytes: 0}}}", "58: 0 is too small: the least is 1"),
        ("{text: a, wire: {writes: {at: [5, 5]}}}", "59: the offsets must ascend, and 5 follows 5"),
        ("{text: a, faults: reset}", "43: faults must be a list, found the text “reset”"),
        ("{text: a, faults: []}", "43: faults must not be empty"),
        ("{text: a, faults: [rset]}", "44: “rset” isn’t known here (did you mean reset?)"),
        (
            "{text: a, faults: [{falt: reset, fault: reset}]}",
            "45: a fault has no “falt” (did you mean fault?)"
        ),
        ("{text: a, faults: [{after: {events: 1}}]}", "44: a fault needs “fault”"),
        ("{text: a, faults: [{fault: reset, after: 3}]}", "66: after must be a map, found the number 3"),
        ("{text: a, faults: [{fault: reset, after: {}}]}", "66: after needs one of events or bytes"),
        (
            "{text: a, faults: [{fault: half-event, after: {bytes: 3}}]}",
            "79: “half-event” counts events: expected {events: N}"
        ),
        (
            "{text: a, faults: [{fault: reset, error: internal}]}",
            "59: “error” goes with error-mid-stream or html-page only"
        ),
        ("{text: a, faults: [error-mid-stream]}", "44: “error-mid-stream” needs “error” beside it"),
        (
            "{text: a, faults: [{fault: error-mid-stream, form: evnt, error: internal}]}",
            "76: “evnt” isn’t known here: expected raw or event (did you mean event?)"
        ),
        (
            "{text: a, faults: [{fault: sse-comment, text: \"a\\nb\"}]}",
            "71: this must be one line, without control characters"
        ),
        (
            "{text: a, faults: [{fault: redirect, status: 200}]}", "70: 200 is too small: the least is 300"
        ),
        (
            "{text: a, faults: [{fault: reset, times: 0}]}", "66: 0 is too small: the least is 1"
        ),
        (
            "{text: a, faults: [{fault: reset, times: 1, probability: 1}]}",
            "66: “times” and “probability” can’t stand in one fault"
        ),
        (
            "{text: a, faults: [{fault: reset, probability: 2}]}",
            "72: expected a number from 0 to 1, found the number 2"
        ),
        ("{error: internal, faults: [sse-lf]}", "52: “sse-lf” breaks a stream, and this reply is none"),
        (
            "{interaction: {status: complete}}",
            "48: “complete” isn’t known here: expected completed, requires_action, in_progress, incomplete, failed, "
                + "cancelled, budget_exceeded or requires_continuation (did you mean completed?)"
        ),
        (
            "{interaction: {status: requires_action}}",
            "39: requires_action needs “calls”: what else should be acted upon?"
        ),
    ]
}
