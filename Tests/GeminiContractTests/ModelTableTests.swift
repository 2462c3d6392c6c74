// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiContract

final class ModelTableTests: XCTestCase {
    func test_models_areManyAndUnique() {
        let names = ModelTable.models.map(\.name)
        XCTAssertGreaterThanOrEqual(names.count, 60)
        XCTAssertEqual(Set(names).count, names.count)
    }

    /// The first page of a real listing, 2026-08-05 (CORE 5.5, models-real.json).
    func test_models_startWithRecordedPage() {
        XCTAssertEqual(
            ModelTable.models.prefix(50).map(\.name),
            [
                "gemini-2.5-flash", "gemini-2.5-pro", "gemini-2.0-flash", "gemini-2.0-flash-001",
                "gemini-2.0-flash-lite-001", "gemini-2.0-flash-lite", "gemini-2.5-flash-preview-tts",
                "gemini-2.5-pro-preview-tts", "gemma-4-26b-a4b-it", "gemma-4-31b-it",
                "gemini-flash-latest", "gemini-flash-lite-latest", "gemini-pro-latest",
                "gemini-2.5-flash-lite", "gemini-2.5-flash-image", "gemini-3-pro-preview",
                "gemini-3-flash-preview", "gemini-3.1-pro-preview", "gemini-3.1-pro-preview-customtools",
                "gemini-3.1-flash-lite-preview", "gemini-3.1-flash-lite", "gemini-3-pro-image-preview",
                "gemini-3-pro-image", "nano-banana-pro-preview", "gemini-3.1-flash-image-preview",
                "gemini-3.1-flash-image", "gemini-3.1-flash-lite-image", "gemini-3.5-flash",
                "gemini-3.5-flash-lite", "gemini-omni-flash-preview", "gemini-3.6-flash",
                "lyria-3-clip-preview", "lyria-3-pro-preview", "gemini-3.1-flash-tts-preview",
                "gemini-robotics-er-1.5-preview", "gemini-robotics-er-1.6-preview",
                "gemini-robotics-er-2-preview", "gemini-2.5-computer-use-preview-10-2025",
                "antigravity-preview-05-2026", "deep-research-max-preview-04-2026",
                "deep-research-preview-04-2026", "deep-research-pro-preview-12-2025",
                "gemini-embedding-001", "gemini-embedding-2-preview", "gemini-embedding-2", "aqa",
                "imagen-4.0-generate-001", "imagen-4.0-ultra-generate-001", "imagen-4.0-fast-generate-001",
                "veo-3.1-generate-preview",
            ]
        )
        XCTAssertEqual(ModelTable.recorded.count, 50)
    }

    func test_models_haveUsableValues() {
        for model in ModelTable.models {
            XCTAssertFalse(model.name.hasPrefix("models/"), model.name)
            XCTAssertTrue(model.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, model.name)
            XCTAssertFalse(
                model.version.isEmpty || model.displayName.isEmpty || model.description.isEmpty, model.name)
            XCTAssertGreaterThan(model.inputTokenLimit, 0, model.name)
            XCTAssertGreaterThan(model.outputTokenLimit, 0, model.name)
            XCTAssertFalse(model.methods.isEmpty, model.name)
            XCTAssertEqual(Set(model.methods).count, model.methods.count, model.name)
        }
    }

    /// The service's descriptions aren't ours to copy. These are phrases that run through them.
    func test_descriptions_areOurOwn() {
        for model in ModelTable.models {
            for phrase in [
                "Stable version of", "Stable release of Gemini", "Latest release of", "Preview release",
                "fast and versatile",
                "multimodal model that supports up to", "Mid-size", "Experimental release (",
                "Obtain a distributed",
                "Google's", "state-of-the-art",
            ] {
                XCTAssertFalse(model.description.contains(phrase), "\(model.name): \(model.description)")
            }
            XCTAssertLessThan(model.description.count, 100, model.name)
        }
    }

    func test_models_knowThoseOfDocumentation() {
        let names = Set(ModelTable.models.map(\.name))
        for name in [
            "gemini-3.8-flash", "gemini-3.7-flash", "gemini-3.6-flash", "gemini-3.5-flash",
            "gemini-3.5-flash-lite",
            "gemini-3.1-flash-lite", "gemini-3.1-pro-preview", "gemini-3-flash-preview", "gemini-2.5-flash",
            "gemini-2.5-flash-lite", "gemini-2.5-pro", "gemma-4-26b-a4b-it", "gemma-4-31b-it",
            "gemini-flash-latest",
            "gemini-flash-lite-latest", "gemini-pro-latest", "gemini-embedding-001", "gemini-embedding-2",
        ] {
            XCTAssertTrue(names.contains(name), name)
        }
    }
}
