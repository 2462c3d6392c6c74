// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

/// Bodies made at random of the contract's own words: whatever arrives is answered or refused, and nothing
/// traps.
final class AnswerFuzzTests: XCTestCase {
    private static let targets = [
        ("POST", "generateContent"), ("POST", "streamGenerateContent?alt=sse"),
        ("POST", "streamGenerateContent"),
        ("POST", "countTokens"), ("POST", "embedContent"), ("POST", "batchEmbedContents"),
    ]
    private static let models = [
        "gemini-2.0-flash", "gemini-2.5-flash", "gemini-3.6-flash", "gemini-embedding-2", "gemma-4-31b-it",
        "nothing",
    ]

    func test_answer_neverTraps_onRandomBodies() throws {
        // The stricter the checks, the less is answered: what must not trap is what comes behind them.
        let services = [makeService(checks: RequestChecks(mode: .off)), makeService()]
        var (tried, answered) = (0, 0)
        let start = ContinuousClock.now
        for seed in 0..<3_000 where ContinuousClock.now - start < .seconds(2) {
            tried += 1
            var maker = BodyMaker(seed: UInt64(seed))
            let (method, verb) = Self.targets[seed % Self.targets.count]
            let model = maker.element(Self.models)
            let body = String(decoding: maker.body(for: verb).bytes(.compact), as: UTF8.self)
            do {
                let answer = try makeAnswer(
                    method, "/v1beta/models/\(model):\(verb)", body: body, service: services[seed % 3 / 2])
                try check(answer, body)
                answered += 1
            } catch let error as APIError {
                XCTAssertNoThrow(try JSONDocument(parsing: error.body, grammar: .strict), body)
            }
        }
        XCTAssertGreaterThan(answered * 10, tried, "too few are good enough to be answered")
    }

    func test_listModels_neverTraps_onRandomQueries() throws {
        var maker = BodyMaker(seed: 1)
        for _ in 0..<200 {
            let query = (0..<maker.number(4)).map { _ in
                maker.element(["pageSize", "page_size", "pageToken", "key", "", "%"])
                    + maker.element(["=", "", "=="])
                    + maker.element([
                        "-1", "5", "99999999999", "CgA=", "Cg==", "Cv8=", "Ch9tb2RlbHM", "%00", "abc", "",
                    ])
            }
            let answer = try makeAnswer(
                "GET", "/v1beta/models?\(query.joined(separator: "&"))",
                service: makeService(checks: RequestChecks(mode: .off)))
            try check(answer, "")
        }
    }

    private func check(_ answer: APIAnswer, _ body: String) throws {
        let texts: [[UInt8]] =
            switch answer {
            case .json(let text, _): [text]
            case .events(let texts), .elements(let texts): texts
            case .interaction, .frames, .live, .upload, .given, .whole, .paced: []
            }
        XCTAssertFalse(texts.isEmpty, body)
        for text in texts { XCTAssertNoThrow(try JSONDocument(parsing: text, grammar: .strict), body) }
    }

    /// Makes bodies that look like requests, but for what is thrown in.
    private struct BodyMaker {
        private var generator: SeededGenerator
        private var left = 150

        init(seed: UInt64) {
            generator = SeededGenerator(seed: seed)
        }

        mutating func number(_ count: Int) -> Int { Int(generator.next() % UInt64(count)) }

        mutating func element<Element>(_ elements: [Element]) -> Element { elements[number(elements.count)] }

        mutating func body(for verb: String) -> JSON {
            switch verb {
            case "embedContent": embedding()
            case "batchEmbedContents": .object([.init("requests", list(2) { $0.embedding() })])
            case "countTokens" where number(2) == 0: .object([.init("generateContentRequest", generation())])
            default: generation()
            }
        }

        private mutating func embedding() -> JSON {
            object([("content", 9, { $0.content() }), ("outputDimensionality", 3, { .int($0.number(40)) })])
        }

        private mutating func generation() -> JSON {
            object([
                ("contents", 9, { maker in maker.list(4) { $0.content() } }),
                ("systemInstruction", 2, { $0.content() }),
                ("tools", 4, { maker in maker.list(2) { $0.tool() } }),
                ("generationConfig", 6, { $0.config() }),
                ("toolConfig", 3, { $0.object([("functionCallingConfig", 9, { $0.calling() })]) }),
                ("serviceTier", 1, { $0.scalar() }), ("safetySettings", 1, { $0.anything(3) }),
            ])
        }

        private mutating func content() -> JSON {
            object([
                (
                    "role", 4,
                    { .string($0.element(["user", "model", "user", "model", "function", "system", ""])) }
                ),
                ("parts", 30, { maker in maker.list(4) { $0.part() } }),
            ])
        }

        private mutating func part() -> JSON {
            let kinds: [(String, Int, (inout BodyMaker) -> JSON)] = [
                ("text", 30, { $0.text() }), ("inlineData", 30, { $0.blob() }),
                (
                    "functionCall", 30,
                    { $0.object([("name", 9, { $0.name() }), ("args", 9, { $0.anything(4) })]) }
                ),
                (
                    "functionResponse", 30,
                    { $0.object([("name", 9, { $0.name() }), ("response", 9, { $0.anything(4) })]) }
                ),
                (
                    "fileData", 30,
                    { $0.object([("fileUri", 9, { $0.text() }), ("mimeType", 5, { $0.text() })]) }
                ),
                ("executableCode", 30, { $0.anything(3) }),
            ]
            return object([element(kinds), ("thought", 1, { .bool($0.number(2) == 0) })])
        }

        private mutating func blob() -> JSON {
            object([
                (
                    "mimeType", 9,
                    {
                        .string(
                            $0.element(["audio/wav", "image/png", "application/pdf", "video/mp4", "x", ""]))
                    }
                ),
                (
                    "data", 9,
                    { maker in
                        let wav = Base64Encoding.standard(makeWAV(seconds: 0.01))
                        let cut = maker.number(wav.count) / 4 * 4
                        return .string(
                            maker.element([wav, String(wav.prefix(cut)), "UklGRg==", "", " YQ ==", "UkY2NA"]))
                    }
                ),
            ])
        }

        private mutating func tool() -> JSON {
            object([
                (
                    "functionDeclarations", 9,
                    { maker in
                        maker.list(3) {
                            $0.object([
                                ("name", 9, { $0.name() }), ("description", 5, { $0.text() }),
                                ($0.element(["parameters", "parametersJsonSchema"]), 7, { $0.schema(4) }),
                            ])
                        }
                    }
                ), ("googleSearch", 1, { $0.anything(2) }),
            ])
        }

        private mutating func calling() -> JSON {
            object([
                ("mode", 8, { $0.element(["AUTO", "ANY", "NONE", "VALIDATED", "any", 2, 9, .null]) }),
                ("allowedFunctionNames", 3, { maker in maker.list(3) { $0.name() } }),
            ])
        }

        private mutating func config() -> JSON {
            object([
                ("candidateCount", 3, { .int($0.element([1, 1, 2, 3, 8, 0, -1])) }),
                (
                    "stopSequences", 3,
                    { maker in maker.list(5) { .string($0.element(["a", "e", "it", ".", "🙂", ""])) } }
                ),
                ("maxOutputTokens", 4, { .int($0.element([0, 1, 3, 10, 40, 100, Int.max, -1])) }),
                (
                    "responseMimeType", 5,
                    { .string($0.element(["application/json", "text/plain", "text/x.enum", "x"])) }
                ),
                (
                    element(["responseSchema", "responseJsonSchema", "_responseJsonSchema"]), 5,
                    { $0.schema(5) }
                ),
                (
                    "thinkingConfig", 4,
                    {
                        $0.object([
                            ("includeThoughts", 5, { .bool($0.number(2) == 0) }),
                            ("thinkingBudget", 5, { .int($0.element([-1, 0, 1, 24, 100_000, Int.min])) }),
                        ])
                    }
                ),
            ])
        }

        private mutating func schema(_ depth: Int) -> JSON {
            guard depth > 0 else { return element([.object([]), true, ["$ref": "#"], ["type": "string"]]) }
            let limit: (inout BodyMaker) -> JSON = {
                $0.element([0, 1, 2, 5, -1, 30, "3", 0.5, .int(Int.max), "nan", .null])
            }
            var keywords: [(String, Int, (inout BodyMaker) -> JSON)] = [
                (
                    "type", 7,
                    {
                        $0.element([
                            "string", "INTEGER", "number", "object", "array", "boolean", "null",
                            ["null", "object"], 5,
                        ])
                    }
                ),
                (
                    "properties", 4,
                    { maker in
                        .object(
                            (0..<maker.number(4)).map { _ in
                                .init(maker.element(["a", "b", "c", ""]), maker.schema(depth - 1))
                            })
                    }
                ),
                ("items", 4, { $0.schema(depth - 1) }), ("nullable", 1, { .bool($0.number(2) == 0) }),
                ("required", 3, { maker in maker.list(3) { .string($0.element(["a", "b", "z"])) } }),
                ("propertyOrdering", 2, { maker in maker.list(3) { .string($0.element(["a", "b", "z"])) } }),
                ("additionalProperties", 2, { $0.schema(depth - 1) }),
                ("enum", 1, { maker in maker.list(3) { $0.scalar() } }),
                ("const", 1, { $0.anything(2) }),
                ("format", 1, { .string($0.element(["date", "uuid", "int32", "email", "?"])) }),
                (
                    "$ref", 1,
                    {
                        .string(
                            $0.element(["#", "#/properties/a", "#/anyOf/0", "#/anyOf/-1", "#/$defs/x", "x"]))
                    }
                ),
            ]
            for keyword in ["anyOf", "oneOf", "allOf", "prefixItems"] {
                keywords.append((keyword, 1, { maker in maker.list(3) { $0.schema(depth - 1) } }))
            }
            for keyword in [
                "minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum",
                "exclusiveMaximum",
                "multipleOf", "minProperties", "maxProperties", "uniqueItems",
            ] {
                keywords.append((keyword, 1, limit))
            }
            return object(keywords)
        }

        // MARK: Values

        private mutating func name() -> JSON { .string(element(["getTime", "getWeather", "f", ""])) }

        private mutating func text() -> JSON {
            .string(
                element(["hi", "call getWeather", "", "日本語 🙂 👩‍👩‍👧‍👦", "e\u{301}\u{301}", "a\r\nb\0<c>"]))
        }

        private mutating func scalar() -> JSON {
            element([.null, true, false, 0, -1, 1.5, "x", "", .int(Int.max), .int(Int.min), 1e300, "flex"])
        }

        private mutating func anything(_ depth: Int) -> JSON {
            switch depth > 0 ? number(4) : 3 {
            case 0: list(3) { $0.anything(depth - 1) }
            case 1:
                .object(
                    (0..<number(3)).map { _ in .init(element(["a", "name", "text", ""]), anything(depth - 1))
                    })
            default: scalar()
            }
        }

        /// Members by chance (of ten), seldom twice or with something else as value.
        private mutating func object(_ members: [(String, Int, (inout BodyMaker) -> JSON)]) -> JSON {
            var made: [JSON.Member] = []
            for (name, chance, value) in members where number(10) < chance && left > 0 {
                left -= 1
                let spelling = number(4) == 0 ? snakeCase(name) : name
                made.append(JSON.Member(spelling, number(60) == 0 ? anything(2) : value(&self)))
                if number(60) == 0 { made.append(JSON.Member(name, value(&self))) }
            }
            return .object(made)
        }

        private mutating func list(_ count: Int, _ make: (inout BodyMaker) -> JSON) -> JSON {
            if number(8) == 0 { return make(&self) }
            return .array((0...number(count)).filter { _ in left > 0 }.map { _ in make(&self) })
        }

        private func snakeCase(_ name: String) -> String {
            name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
        }
    }
}
