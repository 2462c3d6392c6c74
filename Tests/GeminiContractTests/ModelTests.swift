// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class ModelTests: XCTestCase {
    private func text(_ model: Model) -> String {
        var writer = JSONWriter(.pretty)
        model.write(to: &writer)
        return makeText(writer.bytes)
    }

    /// The order of CORE 5.5.
    func test_write_hasMembersInOrder() {
        XCTAssertEqual(
            text(makeModel()),
            """
            {
              "name": "models/gemini-2.5-flash",
              "version": "001",
              "displayName": "A model",
              "description": "For tests.",
              "inputTokenLimit": 1000,
              "outputTokenLimit": 100,
              "supportedGenerationMethods": [
                "generateContent",
                "countTokens"
              ],
              "temperature": 1,
              "topP": 0.95,
              "topK": 64,
              "maxTemperature": 2,
              "thinking": true
            }
            """
        )
    }

    func test_write_leavesOut_whatModelHasNot() {
        let text = text(makeModel(temperature: nil, thinking: false))
        XCTAssertTrue(text.hasSuffix("    \"countTokens\"\n  ]\n}"), text)
    }
}
