// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiContract

final class ModelCatalogTests: XCTestCase {
    // MARK: - Names that are known

    func test_model_isKnown_whenInTable() {
        let catalog = ModelCatalog()
        for model in ModelTable.models { XCTAssertEqual(catalog.model(named: model.name), model) }
    }

    func test_model_isKnown_whenFormedLikeToday() {
        let catalog = ModelCatalog()
        for name in [
            "gemini-4.2-flash-preview-05-2027", "gemini-5-pro", "gemini-4.0-flash", "gemini-4-flash-lite",
            "gemini-3.9-flash-lite", "gemini-3.6-flash-lite-preview", "gemini-12.34-pro-preview",
            "gemini-9-pro-preview-customtools", "gemini-99.99-flash",
        ] {
            XCTAssertEqual(catalog.model(named: name)?.name, name)
        }
    }

    func test_model_isUnknown_whenFormedOtherwise() {
        let catalog = ModelCatalog()
        for name in [
            "gemini-3.6-flahs", "gemini--flash", "gemini-flash", "gemini-pro-2", "gemini-3.6", "gemini", "",
            "-", "gemini-",
            "gemini-3.6-", "gemini-3.6-flash-", "gemini-3.6-flash-extra", "gemini-3.6-flash-lite-extra",
            "gemini-3.6-pro-lite", "gemini-3.6-flash-preview-", "gemini-3.6-flash--preview",
            "gemini-3.6-flashlite",
            "gemini-3..6-flash", "gemini-.6-flash", "gemini-3.-flash", "gemini-3.6.1-flash",
            "gemini-123456-flash",
            "gemini-3.a-flash", "gemini-٣-flash", "gemini-+3-flash", "gemini-3e1-flash", "Gemini-3.6-flash",
            "gemini-3.6-Flash", " gemini-3.6-flash", "models/gemini-3.6-flash", "gemma-9-27b-it", "gpt-5",
            "gemini-3.6-flash\0", "gemini-3.6-lite-flash", "gemini-3.6-preview", "gemini-3.6-flash-latest",
        ] {
            XCTAssertNil(catalog.model(named: name), name)
        }
    }

    // MARK: - Added names and patterns

    func test_added_areKnownBesidesTable() {
        let catalog = ModelCatalog(added: ["my-model", "tuned-*", "models/third"])
        for name in ["my-model", "tuned-", "tuned-x-1", "third", "gemini-2.5-flash", "gemini-7-pro"] {
            XCTAssertEqual(catalog.model(named: name)?.name, name)
        }
        for name in ["my-model2", "tune", "other"] { XCTAssertNil(catalog.model(named: name), name) }
    }

    func test_only_knowsNothingElse() {
        let catalog = ModelCatalog(added: ["gemini-2.5-*", "my-model"], isOnlyAdded: true)
        for name in ["gemini-2.5-flash", "gemini-2.5-pro", "gemini-2.5-anything", "my-model"] {
            XCTAssertEqual(catalog.model(named: name)?.name, name)
        }
        for name in ["gemini-3.6-flash", "gemini-7-pro", "gemini-embedding-001"] {
            XCTAssertNil(catalog.model(named: name), name)
        }
        XCTAssertEqual(
            catalog.model(named: "gemini-2.5-flash"), ModelCatalog().model(named: "gemini-2.5-flash"))
    }

    func test_only_knowsNothing_whenNothingIsAdded() {
        let catalog = ModelCatalog(isOnlyAdded: true)
        XCTAssertNil(catalog.model(named: "gemini-2.5-flash"))
        XCTAssertTrue(catalog.listed.isEmpty)
    }

    // MARK: - What is listed

    func test_listed_isTableThenPlainNames_inOrder() {
        XCTAssertEqual(ModelCatalog().listed, ModelTable.models)
        let listed = ModelCatalog(added: ["b-model", "x-*", "a-model", "gemini-2.5-flash"]).listed.map(\.name)
        XCTAssertEqual(listed, ModelTable.models.map(\.name) + ["b-model", "a-model"])
    }

    func test_listed_isWhatPatternsFind_whenOnlyAdded() {
        let listed = ModelCatalog(added: ["my-model", "gemini-2.5-pr*"], isOnlyAdded: true).listed.map(\.name)
        XCTAssertEqual(Array(listed.prefix(2)), ["gemini-2.5-pro", "gemini-2.5-pro-preview-tts"])
        XCTAssertEqual(listed.last, "my-model")
    }

    func test_listed_hasEachNameOnce_whenAddedTwice() {
        let listed = ModelCatalog(added: ["my-model", "my-model"], isOnlyAdded: true).listed.map(\.name)
        XCTAssertEqual(listed, ["my-model"])
    }
}

final class ModelGlobTests: XCTestCase {
    func test_matches_followsPattern() {
        for (pattern, name, expected) in [
            ("abc", "abc", true), ("abc", "abcd", false), ("abc", "ab", false), ("", "", true),
            ("", "a", false),
            ("*", "", true), ("*", "anything", true), ("a*", "a", true), ("a*", "abc", true),
            ("a*", "ba", false),
            ("*c", "abc", true), ("*c", "abcd", false), ("a*c", "abbbc", true), ("a*c", "ac", true),
            ("a*b*c", "a-b-b-c", true), ("a*b*c", "acb", false), ("**", "", true), ("a**b", "ab", true),
            ("?", "a", true), ("?", "", false), ("?", "ab", false), ("a?c", "abc", true), ("?*", "a", true),
            ("?*", "", false), ("*?", "abc", true), ("gemini-*-flash", "gemini-2.5-flash", true),
            ("gemini-*-flash", "gemini-2.5-flash-lite", false), ("models/gemini-*", "gemini-x", true),
            ("a.c", "abc", false), ("[a]", "a", false), ("*aab", "aaaab", true), ("*ab?d", "abcabcd", true),
        ] {
            XCTAssertEqual(ModelGlob(pattern).matches(name), expected, "\(pattern) on \(name)")
        }
    }

    func test_isPlainName_tellsPatterns() {
        for (pattern, expected) in [
            ("a", true), ("models/a", true), ("a*", false), ("a?b", false), ("", true),
        ] {
            XCTAssertEqual(ModelGlob(pattern).isPlainName, expected, pattern)
        }
    }

    func test_matches_staysFast_onPathologicalPatterns() {
        let name = String(repeating: "a", count: 2_000)
        let start = ContinuousClock.now
        for pattern in [
            String(repeating: "*a", count: 500) + "b", String(repeating: "a*", count: 500) + "b",
            String(repeating: "*", count: 2_000) + "b", String(repeating: "?*", count: 500) + "b",
        ] {
            XCTAssertFalse(ModelGlob(pattern).matches(name))
        }
        XCTAssertLessThan(ContinuousClock.now - start, .seconds(5), "exponential patterns take years")
    }
}

final class ModelFamilyTests: XCTestCase {
    func test_generation_isNumberInName() {
        for (name, generation) in [
            ("gemini-2.5-flash", 2.5), ("gemini-3-pro-preview", 3), ("gemini-2.0-flash-001", 2),
            ("gemini-12.34-x", 12.34),
            ("gemini-3", 3), ("gemini-flash-latest", nil), ("gemini-123456-x", nil), ("gemini-1.2.3-x", nil),
            ("gemma-4-31b-it", nil), ("", nil), ("gemini", nil), ("gemini--x", nil), ("gemini-2.-x", nil),
        ] as [(String, Double?)] {
            XCTAssertEqual(ModelFamily.generation(of: name), generation, name)
        }
    }

    func test_model_hasLimitsOfToday() {
        let model = ModelFamily.model(named: "gemini-4.2-flash")
        XCTAssertEqual(model.inputTokenLimit, 1_048_576)
        XCTAssertEqual(model.outputTokenLimit, 65_536)
        XCTAssertEqual(model.methods.first, "generateContent")
        XCTAssertTrue(model.thinking)
        XCTAssertFalse(ModelFamily.model(named: "gemini-2.0-flash-new").thinking)
    }

    func test_model_isForEmbeddings_whenNamedSo() {
        let model = ModelFamily.model(named: "gemini-embedding-3")
        XCTAssertEqual(model.methods.first, "embedContent")
        XCTAssertNil(model.temperature)
        XCTAssertFalse(model.thinking)
    }
}
