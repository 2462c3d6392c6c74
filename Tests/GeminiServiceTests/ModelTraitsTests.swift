// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class ModelTraitsTests: XCTestCase {
    func test_version_resolvesMovingNames() throws {
        for (name, version) in [
            ("gemini-flash-latest", "gemini-3.6-flash"),
            ("gemini-flash-lite-latest", "gemini-3.5-flash-lite"),
            ("gemini-pro-latest", "gemini-3.1-pro-preview"), ("gemini-2.5-flash", "gemini-2.5-flash"),
        ] {
            XCTAssertEqual(try makeTraits(name).version, version)
        }
    }

    func test_traits_followGeneration() throws {
        for (name, era, isSince25, tellsLogprobs, givesCallIDs) in [
            ("gemini-1.5-pro", .two, false, true, false),
            ("gemini-2.0-flash", .two, false, true, false),
            ("gemini-2.5-pro", .twoFive, true, false, false),
            ("gemini-2.5-flash-lite", .twoFive, true, false, false),
            ("gemini-3-flash-preview", .three, true, false, true),
            ("gemini-3.6-flash", .three, true, false, true),
            ("gemini-flash-latest", .three, true, false, true),
            ("gemini-7-pro", .three, true, false, true),
        ] as [(String, ModelEra, Bool, Bool, Bool)] {
            let traits = try makeTraits(name)
            XCTAssertEqual(traits.era, era, name)
            XCTAssertEqual(traits.isSince25, isSince25, name)
            XCTAssertEqual(traits.tellsLogprobs, tellsLogprobs, name)
            XCTAssertEqual(traits.givesCallIDs, givesCallIDs, name)
        }
    }

    func test_isThinking_dependsOnModelAndBudget() throws {
        for (name, byDefault, off, dynamic, some) in [
            ("gemini-2.0-flash", false, false, false, false), ("gemini-2.5-flash", true, false, true, true),
            ("gemini-2.5-flash-lite", false, false, true, true),
            ("gemini-3.5-flash-lite", true, false, true, true),
            ("gemini-3.6-flash", true, false, true, true),
        ] {
            let traits = try makeTraits(name)
            XCTAssertEqual(traits.isThinking(budget: nil), byDefault, name)
            XCTAssertEqual(traits.isThinking(budget: 0), off, name)
            XCTAssertEqual(traits.isThinking(budget: -1), dynamic, name)
            XCTAssertEqual(traits.isThinking(budget: 128), some, name)
        }
    }

    func test_signs_dependsOnGenerationAndThinking() throws {
        for (name, text, call) in [
            ("gemini-2.0-flash", false, false), ("gemini-2.5-flash", false, true),
            ("gemini-3.6-flash", true, true),
        ] {
            let traits = try makeTraits(name)
            XCTAssertEqual(traits.signsText(true), text, name)
            XCTAssertEqual(traits.signsCalls(true), call, name)
            XCTAssertFalse(traits.signsText(false) || traits.signsCalls(false), name)
        }
    }
}
