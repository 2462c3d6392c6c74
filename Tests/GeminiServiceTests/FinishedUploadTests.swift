// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import MediaProbe
import XCTest

@testable import GeminiService

final class FinishedUploadTests: XCTestCase {
    /// CORE 2.2: what each client sends.
    func test_metadata_isReadAsEachClientWritesIt() throws {
        for (json, id, name, type) in [
            (#"{"file": {"mime_type": "audio/mpeg", "size_bytes": 5}}"#, nil, nil, "audio/mpeg"),
            (
                #"{"file":{"mimeType":"audio/mp3","name":"files/x","displayName":"d","sizeBytes":"123"}}"#,
                "x", "d",
                "audio/mp3"
            ),
            ("{'file': {'display_name': 'AUDIO'}}", nil, "AUDIO", nil),
            (#"{"file": {"name": "bare-name", "mimeType": "", "displayName": ""}}"#, "bare-name", "", nil),
            ("", nil, nil, nil), ("{}", nil, nil, nil), (#"{"file": null}"#, nil, nil, nil),
            (#"{"file": {"name": ""}}"#, nil, nil, nil),
        ] as [(String, String?, String?, String?)] {
            let metadata = try FileMetadata(json: Array(json.utf8))
            XCTAssertEqual(metadata.id, id, json)
            XCTAssertEqual(metadata.displayName, name, json)
            XCTAssertEqual(metadata.mimeType, type, json)
        }
    }

    func test_badNames_areRefused() {
        for name in [
            "-a", "a-", "A", "a_b", "a/b", "files/", "files/files/a", "ä", String(repeating: "a", count: 41),
            "../a", "a.json", ".",
        ] {
            XCTAssertEqual(
                refusal { try FileMetadata(makeView(#"{"file": {"name": "\#(name)"}}"#)) }, .badFileName, name
            )
        }
    }

    func test_whatIsKept_isBounded() throws {
        // One character of a thousand scalars.
        let piled = "a" + String(repeating: "\u{301}", count: 1000)
        for (name, isGood) in [
            (String(repeating: "é", count: 512), true), (String(repeating: "é", count: 513), false),
            (piled, false),
        ] {
            let body = try makeView(#"{"file": {"displayName": "\#(name)"}}"#)
            if isGood {
                XCTAssertEqual(try FileMetadata(body).displayName, name)
            } else {
                XCTAssertEqual(refusal { try FileMetadata(body) }, .badDisplayName)
            }
        }
        let type = "a/" + String(repeating: "b", count: 254)
        XCTAssertEqual(
            refusal { try FileMetadata(makeView(#"{"file": {"mimeType": "\#(type)"}}"#)) },
            .unsupportedType(type))
        XCTAssertEqual(refusal { try FileMetadata(json: Array("{".utf8)) }?.status, .invalidArgument)
    }

    func test_type_isTheMetadatas_thenTheHeads_thenThatOfTheBytes() throws {
        for (json, head, bytes, type) in [
            (#"{"file": {"mimeType": "a/b"}}"#, "c/d", makeWAV(seconds: 0.1), "a/b"),
            ("{}", "c/d", makeWAV(seconds: 0.1), "c/d"), ("{}", nil, makeWAV(seconds: 0.1), "audio/wav"),
            ("{}", nil, [0x00, 0xFF, 0xFE, 0x01], "application/octet-stream"),
        ] as [(String, String?, [UInt8], String)] {
            let metadata = try FileMetadata(makeView(json))
            XCTAssertEqual(makeBytes(bytes).finished(metadata, mimeType: head, started: 0).mimeType, type)
        }
    }

    func test_finished_knowsSizeDigestAndLength() {
        let upload = makeBytes(makeWAV(seconds: 2)).finished(FileMetadata(), mimeType: nil, started: 7)
        XCTAssertEqual(upload.sizeBytes, 64_044)
        XCTAssertEqual(upload.facts.seconds, 2)
        XCTAssertEqual(upload.started, 7)
        XCTAssertEqual(makeUpload("abc").sha256, SHA256.hex(of: "abc"))
        XCTAssertEqual(makeUpload("").sizeBytes, 0)
    }
}
