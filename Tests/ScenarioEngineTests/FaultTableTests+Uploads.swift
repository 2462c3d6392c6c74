// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

extension FaultTableTests {
    private static let file = ResponsePlan(
        status: 200, fields: [.init("Content-Type", "application/json; charset=UTF-8")],
        body: Array(#"{"file": {"sha256Hash": "YWJj", "uri": "x"}}"#.utf8))
    /// Nothing of the answer changes.
    private static let same = Example(plan: file, becomes: [#"{"file": {"sha256Hash": "YWJj", "uri": "x"}}"#])

    static let uploads: [String: [Example]] = [
        "upload-unavailable": [same], "upload-reset": [same], "upload-granularity": [same],
        "upload-cancelled": [same], "upload-elsewhere": [same],
        "upload-wrong-hash": [
            Example(
                plan: file,
                becomes: [
                    #"{"file": {"sha256Hash": ""#
                        + "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA=="
                        + #"", "uri": "x"}}"#
                ]),
            Example(plan: .empty, becomes: []),
        ],
    ]

    func test_uploadElsewhere_namesTheHostOtherwise() {
        let moved = [
            "http://127.0.0.1:80/upload?a=1": "http://localhost:80/upload?a=1&quotaUser=a%2Fb%3D1",
            "http://localhost:9/t/x/upload?a=1": "http://127.0.0.1:9/t/x/upload?a=1&quotaUser=a%2Fb%3D1",
            "https://example.com/upload?a=1": "https://example.com/upload?a=1&quotaUser=a%2Fb%3D1",
            "/upload?a=//127.0.0.1:1": "/upload?a=//127.0.0.1:1&quotaUser=a%2Fb%3D1",
        ]
        for (address, other) in moved {
            var wire = WirePlan(.empty)
            wire.plan.head.fields = [.init("X-Goog-Upload-URL", address), .init("Location", address)]
            UploadElsewhereFault().apply(to: &wire)
            XCTAssertEqual(
                wire.plan.head.fields, [.init("X-Goog-Upload-URL", other), .init("Location", address)])
        }
    }

    /// What goes wrong before there is an answer.
    func test_troublesOfUploads() {
        func trouble(_ settings: FaultSetting..., options: WireOptions? = nil) -> UploadTrouble? {
            WireScript(options: options, faults: settings, seed: 0).trouble
        }
        XCTAssertNil(trouble())
        XCTAssertNil(trouble(FaultSetting(name: "reset"), FaultSetting(name: "upload-wrong-hash")))
        XCTAssertEqual(
            trouble(FaultSetting(name: "upload-unavailable")), UploadTrouble(unavailableAfter: 0))
        XCTAssertEqual(
            trouble(
                FaultSetting(
                    name: "upload-unavailable", options: FaultOptions(after: .bytes(7), form: "silent"))),
            UploadTrouble(unavailableAfter: 7, tellsStanding: false))
        XCTAssertEqual(
            trouble(
                FaultSetting(name: "upload-reset", options: FaultOptions(after: .bytes(7))),
                FaultSetting(name: "upload-cancelled"), options: WireOptions(uploadBytesPerSecond: 9)),
            UploadTrouble(resetsAfter: 7, bytesPerSecond: 9, isCancelled: true))
        XCTAssertEqual(
            trouble(FaultSetting(name: "upload-granularity")), UploadTrouble(granularity: 262_144))
        XCTAssertEqual(
            trouble(FaultSetting(name: "upload-granularity", options: FaultOptions(bytes: 3))),
            UploadTrouble(granularity: 3))
    }
}
