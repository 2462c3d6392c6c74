// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class RouteTemplateTests: XCTestCase {
    private func match(_ template: String, _ method: String, _ target: String) -> String {
        switch RouteTemplate(template).match(AskedRoute(makeHead(method, target))) {
        case .no: "no"
        case .otherMethod: "other method"
        case .yes(let version, let names): ([version] + names).joined(separator: " ")
        }
    }

    func test_match_takesVersionAndNames() {
        for (template, method, target, expected) in [
            ("GET /{version}/models", "GET", "/v1/models", "v1"),
            ("GET /{version}/models", "GET", "/v2/models", "no"),
            ("GET /{version}/models", "GET", "/v1/files", "no"),
            ("GET /{version}/models/*", "GET", "/v1/models/a", "v1 a"),
            ("GET /{version}/models/*", "GET", "/v1/models/", "no"),
            ("GET /{version}/models/*", "GET", "/v1/models", "no"),
            ("GET /{version}/models/*", "GET", "/v1/models/a/b", "no"),
            ("GET /{version}/*/items/*", "GET", "/v1/a/items/b", "v1 a b"),
            ("POST /{version}/models/*:go", "POST", "/v1/models/a:go", "v1 a"),
            ("POST /{version}/models/*:go", "POST", "/v1/models/a:stay", "other method"),
            ("POST /{version}/models/*:go", "POST", "/v1/models/a:", "other method"),
            ("POST /{version}/models/*:go", "POST", "/v1/models/a", "no"),
            ("POST /{version}/models/*:go", "POST", "/v1/models/:go", "no"),
            ("POST /{version}/models/*:go", "POST", "/v1/models/a:b:go", "v1 a:b"),
            ("GET /{version}/models/*", "GET", "/v1/models/a:go", "no"),
            ("POST /{version}/models:go", "POST", "/v1/models:go", "v1"),
        ] {
            XCTAssertEqual(match(template, method, target), expected, "\(template) on \(target)")
        }
    }

    func test_match_takesHeadForGet_only() {
        XCTAssertEqual(match("GET /{version}/models", "HEAD", "/v1/models"), "v1")
        XCTAssertEqual(match("POST /{version}/models/*:go", "HEAD", "/v1/models/a:go"), "no")
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get", ""] {
            XCTAssertEqual(match("GET /{version}/models", method, "/v1/models"), "no", method)
        }
    }

    func test_description_isTemplate() {
        XCTAssertEqual("\(RouteTemplate("POST /{version}/models/*:go"))", "POST /{version}/models/*:go")
        XCTAssertEqual(RouteTemplate("POST /{version}/models/*:go").method, "POST")
    }
}
