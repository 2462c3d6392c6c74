// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe
import XCTest

@testable import GeminiService

/// What each endpoint answers; the built-in answer itself is tested in `BuiltInAnswerTests`.
final class EndpointsTests: XCTestCase {
    private func names(_ json: JSON) -> [String] {
        guard case .array(let models) = json["models"] else { return [] }
        return models.map { if case .string(let name) = $0["name"] { name } else { "?" } }
    }

    private func list(_ query: String = "", _ service: FakeService = makeService()) throws -> JSON {
        try makeAnswerJSON("GET", "/v1beta/models\(query)", service: service)
    }

    // MARK: - Models

    func test_listModels_hasFiftyAndToken() throws {
        let page = try list()
        XCTAssertEqual(names(page).count, 50)
        XCTAssertEqual(page["nextPageToken"], "Ch9tb2RlbHMvdmVvLTMuMS1nZW5lcmF0ZS1wcmV2aWV3")
    }

    func test_listModels_givesAll_pageByPage() throws {
        let all = ModelCatalog().listed.map { "models/\($0.name)" }
        for size in [1, 7, 49, 50, all.count - 1, all.count, 1000] {
            var (found, query, pages): ([String], String, Int) = ([], "?pageSize=\(size)", 0)
            while pages <= all.count {
                let page = try list(query)
                found += names(page)
                pages += 1
                guard case .string(let token) = page["nextPageToken"] else { break }
                query =
                    "?pageSize=\(size)&pageToken="
                    + token.replacing("=", with: "%3D").replacing("+", with: "%2B")
            }
            XCTAssertEqual(found, all, "\(size)")
            XCTAssertEqual(pages, (all.count + size - 1) / size, "no empty page at the end")
        }
    }

    func test_listModels_takesSizeInBounds() throws {
        let all = ModelCatalog().listed.count
        for (query, count) in [
            ("?pageSize=0", 50), ("?pageSize=-5", 50),
            ("?page_size=3", 3),
            ("?pageSize=100000", all), ("?pageSize=3&pageSize=9", 3),
            ("?pageToken=nonsense", 50), ("?pageToken=", 50),
        ] {
            XCTAssertEqual(names(try list(query)).count, count, query)
        }
    }

    func test_listModels_hasNoPage_whenNothingIsKnown() throws {
        let page = try list("", makeService(models: ModelCatalog(isOnlyAdded: true)))
        XCTAssertEqual(page, ["models": []])
    }

    func test_listModels_goesOn_behindLongNames() throws {
        let added = (0..<4).map { String(repeating: "n", count: 300) + "\($0)" }
        let service = makeService(models: ModelCatalog(added: added, isOnlyAdded: true))
        let first = try list("?pageSize=2", service)
        guard case .string(let token) = first["nextPageToken"] else { return XCTFail("no token") }
        let second = try list("?pageSize=2&pageToken=\(token.replacing("=", with: "%3D"))", service)
        XCTAssertEqual(names(second), added.suffix(2).map { "models/\($0)" })
        XCTAssertNil(second["nextPageToken"])
    }

    func test_getModel_isModelOrRefusal() throws {
        XCTAssertEqual(
            try makeAnswerJSON("GET", "/v1/models/gemini-2.5-flash")["name"], "models/gemini-2.5-flash")
        XCTAssertEqual(
            refusal { try makeAnswer("GET", "/v1alpha/models/nothing") },
            .noSuchModel("models/nothing", version: "v1alpha")
        )
    }

    func test_model_isRefused_withNameOfMethod() {
        for (verb, method) in [
            ("generateContent", "generateContent"), ("streamGenerateContent", "streamGenerateContent"),
            ("countTokens", "countTokens"), ("embedContent", "embedContent"),
            ("batchEmbedContents", "embedContent"),
        ] {
            XCTAssertEqual(
                refusal { try makeAnswer("POST", "/v1/models/nothing:\(verb)") },
                .modelNotFound("models/nothing", version: "v1", method: method), verb
            )
        }
    }

    // MARK: - Counting and embedding

    /// CORE 5.1, 5.2.
    func test_countTokens_hasExactBody() throws {
        let answer = try makeAnswer(
            "POST", "/v1beta/models/gemini-3.5-flash:countTokens",
            body: makeBody(text: "What is the capital of France?")
        )
        guard case .json(let bytes, let tier) = answer else { return XCTFail("no JSON") }
        XCTAssertEqual(
            String(decoding: bytes, as: UTF8.self),
            """
            {
              "totalTokens": 8,
              "promptTokensDetails": [
                {
                  "modality": "TEXT",
                  "tokenCount": 8
                }
              ]
            }
            """
        )
        XCTAssertNil(tier)
    }

    func test_countTokens_agreesWithPromptOfAnswer() throws {
        let parts = #"[{"text": "Transcribe."}, \#(makeInlinePart(makeWAV(seconds: 2)))]"#
        let members = #"""
            "systemInstruction": {"parts": {"text": "Be brief."}},
            "tools": [{"functionDeclarations": [{"name": "f", "parameters": {"properties": {"a": {}}}}]}]
            """#
        for model in ["gemini-2.0-flash", "gemini-2.5-flash", "gemini-3.6-flash"] {
            let body = makeBody(contents: #"[{"parts": \#(parts)}]"#, members: members)
            let counted = try makeAnswerJSON(
                "POST", "/v1/models/\(model):countTokens", body: #"{"generateContentRequest": \#(body)}"#
            )
            let answered = try makeAnswerJSON("POST", "/v1/models/\(model):generateContent", body: body)
            XCTAssertEqual(counted["totalTokens"], answered["usageMetadata"]?["promptTokenCount"], model)
            XCTAssertEqual(
                counted["promptTokensDetails"], answered["usageMetadata"]?["promptTokensDetails"], model
            )
        }
    }

    private func values(_ json: JSON?) -> [JSON] {
        if case .array(let values) = json?["values"] { values } else { [] }
    }

    func test_embedContent_hasVectorOfAskedSize() throws {
        for (model, asked, size) in [
            ("gemini-embedding-001", nil, 3072), ("gemini-embedding-001", 768, 768),
            ("gemini-embedding-001", 1, 1),
            ("gemini-embedding-001", 0, 3072), ("gemini-embedding-001", -7, 3072),
            ("gemini-embedding-001", 1_000_000_000, 4096), ("text-embedding-004", nil, 768),
        ] as [(String, Int?, Int)] {
            let dimensions = asked.map { #", "outputDimensionality": \#($0)"# } ?? ""
            let json = try makeAnswerJSON(
                "POST", "/v1beta/models/\(model):embedContent",
                body: #"{"content": {"parts": {"text": "hello"}}\#(dimensions)}"#
            )
            XCTAssertEqual(values(json["embedding"]).count, size)
            XCTAssertNil(json["usageMetadata"])
        }
    }

    func test_batchEmbedContents_hasSameVectors_inOrder() throws {
        let requests = ["hello", "world"].map { #"{"content": {"parts": {"text": "\#($0)"}}}"# }
        let model = "/v1beta/models/gemini-embedding-001"
        let single = try requests.map {
            try makeAnswerJSON("POST", "\(model):embedContent", body: $0)["embedding"]
        }
        let batch = try makeAnswerJSON(
            "POST", "\(model):batchEmbedContents",
            body: #"{"requests": [\#(requests.joined(separator: ","))]}"#
        )
        XCTAssertEqual(batch["embeddings"], .array(single.compactMap(\.self)))
    }

    func test_embedding_differsBySeedAndModel() throws {
        let body = #"{"content": {"parts": {"text": "hello"}}, "outputDimensionality": 16}"#
        let answers = try [
            ("gemini-embedding-001", 1), ("gemini-embedding-001", 2), ("gemini-embedding-2", 1),
        ].map { model, seed in
            try makeAnswerJSON(
                "POST", "/v1/models/\(model):embedContent", body: body,
                service: makeService(seed: UInt64(seed))
            )["embedding"]
        }
        XCTAssertEqual(Set(answers.map { String(describing: $0) }).count, 3)
    }

    func test_usage_isToldByEmbedding2_only() throws {
        let requests =
            #"""
            {"requests": [{"content": {"parts": {"text": "harbour"}}},
            {"content": {"parts": {"text": "a b"}}}]}
            """#
        for (model, tells) in [
            ("gemini-embedding-2", true), ("gemini-embedding-2-preview", true),
            ("gemini-embedding-001", false),
        ] {
            let json = try makeAnswerJSON("POST", "/v1/models/\(model):batchEmbedContents", body: requests)
            XCTAssertEqual(
                json["usageMetadata"],
                tells
                    ? ["promptTokenCount": 3, "promptTokenDetails": [["modality": "TEXT", "tokenCount": 3]]]
                    : nil, model
            )
        }
    }

    func test_embedding_takesOtherPartsThanText() throws {
        let file = try makeAnswerJSON(
            "POST", "/v1/models/gemini-embedding-2:embedContent",
            body:
                #"""
                {"content": {"parts": [\#(makeInlinePart(makeWAV(seconds: 0.1))),
                {"fileData": {"fileUri": "https://example.com/x"}}]}}
                """#
        )
        XCTAssertEqual(values(file["embedding"]).count, 3072)
    }

    func test_embedding_isSame_forFileAndItsBytesInline() throws {
        let entry = makeEntry("audio/wav", size: 3244, facts: MediaProbe.facts(of: makeWAV(seconds: 0.1)))
        let service = makeService(files: FileTable(["a": entry, "b": entry]))
        let vectors = try [
            makeFilePart("files/a"), makeFilePart("files/b"), makeInlinePart(makeWAV(seconds: 0.1)),
        ].map { part in
            try makeAnswerJSON(
                "POST", "/v1/models/gemini-embedding-2:embedContent",
                body: #"{"content": {"parts": \#(part)}}"#, service: service
            )["embedding"]
        }
        XCTAssertEqual(Set(vectors.map { String(describing: $0) }).count, 1)
    }

    /// Once all media were looked at again for each part: 20,000 took minutes.
    func test_embedding_looksAtEachMediumOnce() throws {
        let part = makeInlinePart([0xFF, 0xFB, 0x90, 0x00], type: "audio/mp3")
        let parts = repeatElement(part, count: 3000).joined(separator: ",")
        let start = ContinuousClock.now
        let answer = try makeAnswerJSON(
            "POST", "/v1/models/gemini-embedding-2:embedContent",
            body: #"{"content": {"parts": [\#(parts)]}, "outputDimensionality": 8}"#
        )
        XCTAssertEqual(values(answer["embedding"]).count, 8)
        XCTAssertLessThan(ContinuousClock.now - start, .seconds(20), "9 million looks take minutes in debug")
    }

    // MARK: - Files

    func test_everyMethod_refusesMediaItCannotUse() {
        let service = makeService(files: FileTable(["film": makeEntry("video/mp4", state: .processing)]))
        for (part, error) in [
            (makeFilePart("files/nothing"), APIError.noSuchFile("nothing")),
            (makeFilePart("https://h/v1beta/files/film"), .fileNotActive("film")),
            (makeFilePart("x"), .badFileURI("x")),
            (makeInlinePart([1], type: "png"), .unsupportedType("png")),
        ] {
            let contents = #"{"contents": {"parts": \#(part)}}"#
            let content = #"{"content": {"parts": \#(part)}}"#
            for (model, verb, body) in [
                ("gemini-2.5-flash", "generateContent", contents),
                ("gemini-2.5-flash", "streamGenerateContent?alt=sse", contents),
                ("gemini-2.5-flash", "countTokens", contents),
                ("gemini-2.5-flash", "countTokens", #"{"generateContentRequest": \#(contents)}"#),
                ("gemini-embedding-2", "embedContent", content),
                ("gemini-embedding-2", "batchEmbedContents", #"{"requests": [\#(content)]}"#),
            ] {
                XCTAssertEqual(
                    refusal {
                        try makeAnswer("POST", "/v1/models/\(model):\(verb)", body: body, service: service)
                    }, error, verb
                )
            }
        }
    }

    // MARK: - Streams and tiers

    func test_stream_isEventsOrElements() throws {
        let path = "/v1beta/models/gemini-2.5-flash:streamGenerateContent"
        for (query, isEvents) in [
            ("?alt=sse", true), ("?%24alt=sse", true), ("?key=x&alt=sse", true), ("", false),
            ("?alt=json", false),
            ("?alt=", false), ("?alt=SSE", false),
        ] {
            let head = makeHead("POST", path + query)
            guard case .endpoint(let endpoint, _, _) = EndpointTable().route(head) else {
                return XCTFail(query)
            }
            switch try makeAnswer("POST", path + query, body: makeBody()) {
            case .events(let events):
                XCTAssertTrue(isEvents, query)
                XCTAssertTrue(events.allSatisfy { !$0.contains(UInt8(ascii: "\n")) })
                guard case .eventStream = endpoint.errorForm(for: head) else { return XCTFail(query) }
            case .elements(let elements):
                XCTAssertFalse(isEvents, query)
                XCTAssertTrue(
                    elements.allSatisfy { $0.starts(with: "{\n  ".utf8) && $0.last == UInt8(ascii: "}") })
                guard case .array = endpoint.errorForm(for: head) else { return XCTFail(query) }
            default: XCTFail(query)
            }
        }
    }

    func test_errorForm_isObject_forAllOthers() {
        for endpoint in EndpointTable.all where endpoint.route.description.contains("/models") {
            guard endpoint.name != "streamGenerateContent" else { continue }
            guard case .object = endpoint.errorForm(for: makeHead("POST", "/?alt=sse")) else {
                XCTFail(endpoint.name)
                continue
            }
        }
    }

    func test_serviceTier_isAskedOne_whenKnown() throws {
        for (asked, expected) in [
            (#""flex""#, "flex"), (#""PRIORITY""#, "priority"), (#""standard""#, "standard"),
            (#""unspecified""#, "standard"),
            ("5", "standard"), ("null", "standard"),
        ] {
            let answer = try makeAnswer(
                "POST", "/v1/models/gemini-2.5-flash:generateContent",
                body: makeBody(members: #""service_tier": \#(asked)"#)
            )
            guard case .json(let bytes, let tier) = answer else { return XCTFail("no JSON") }
            XCTAssertEqual(tier, expected, asked)
            XCTAssertTrue(String(decoding: bytes, as: UTF8.self).contains(#""serviceTier": "\#(expected)""#))
        }
    }
}
