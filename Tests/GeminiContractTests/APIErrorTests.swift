// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class APIErrorTests: XCTestCase {
    func test_http_goesWithStatus() {
        for (status, http, name) in [
            (.invalidArgument, 400, "INVALID_ARGUMENT"),
            (.unauthenticated, 401, "UNAUTHENTICATED"), (.permissionDenied, 403, "PERMISSION_DENIED"),
            (.notFound, 404, "NOT_FOUND"), (.internal, 500, "INTERNAL"),
        ] as [(APIError.Status, Int, String)] {
            XCTAssertEqual(status.http, http)
            XCTAssertEqual(status.rawValue, name)
        }
    }

    func test_body_hasNoDetails_whenThereAreNone() {
        XCTAssertEqual(
            makeText(APIError(.notFound, "Gone.").body),
            """
            {
              "error": {
                "code": 404,
                "message": "Gone.",
                "status": "NOT_FOUND"
              }
            }
            """
        )
    }

    func test_body_hasDetailsLast_andEscapesAsRealOne() {
        let error = APIError(.internal, "a <b> \"c\" = 'd'\n", details: [["@type": "x", "list": [1, 2]]])
        XCTAssertEqual(
            makeText(error.body),
            #"""
            {
              "error": {
                "code": 500,
                "message": "a \u003cb\u003e \"c\" = 'd'\n",
                "status": "INTERNAL",
                "details": [
                  {
                    "@type": "x",
                    "list": [
                      1,
                      2
                    ]
                  }
                ]
              }
            }
            """#
        )
    }
}
