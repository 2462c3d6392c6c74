// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class LegacyClientTests: XCTestCase {
    private func isRefused(_ name: String, _ value: String) -> Bool {
        let head = RequestHead(
            method: "POST", target: RequestTarget("/v1beta/interactions"),
            fields: HTTPFields([HTTPFields.Field(name, value)]))
        do {
            try LegacyClient.refuse(head)
            return false
        } catch {
            XCTAssertEqual(error, .legacyInteractions)
            return true
        }
    }

    func test_oldClients_areRefused() {
        for (name, value, expected) in [
            ("x-goog-api-client", "google-genai-sdk/1.75.0 gl-python/3.11.7", true),
            ("x-goog-api-client", "google-genai-sdk/1.34.0 gl-node/v22.1.0", true),
            ("User-Agent", "GeminiNextGenAPIClient/Python 1.75.0", true),
            ("Api-Revision", "2026-05-07", true),
            ("Api-Revision", "2026-05-20", false), ("Api-Revision", "next", false),
            ("x-goog-api-client", "google-genai-sdk/2.0.0 gl-python/3.11.7", false),
            ("x-goog-api-client", "google-genai-sdk/3.4.0 gl-python/3.11.7", false),
            ("x-goog-api-client", "google-genai-sdk/12.1.0", false),
            ("User-Agent", "GeminiNextGenAPIClient/Python 2.0.0", false), ("User-Agent", "curl/8.5.0", false),
            ("User-Agent", "speakeasy-sdk/python 2.4.1-preview.5 2.911.0 v1beta google-genai", false),
        ] {
            XCTAssertEqual(isRefused(name, value), expected, "\(name): \(value)")
        }
    }
}
