// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import MediaProbe
import XCTest

@testable import GeminiService

final class RequestMediaTests: XCTestCase {
    private let files = FileTable([
        "sound": makeEntry(
            "audio/mpeg", size: 1_234_567, facts: MediaFacts(seconds: 43.1, hasSound: true)),
        "film": makeEntry("video/mp4", state: .processing), "broken": makeEntry("video/mp4", state: .failed),
        "cuda": makeEntry("application/cu-seeme"), "untyped": makeEntry(""),
        "long": makeEntry("audio/wav", facts: MediaFacts(seconds: 34_200, hasSound: true)),
        "moment": makeEntry("audio/wav", facts: MediaFacts(seconds: 0.01, hasSound: true)),
        "reel": makeEntry("video/mp4", facts: MediaFacts(seconds: 34_200, hasSound: true)),
    ])

    private func media(_ parts: String, members: String = "", tenant: String = "t") throws -> (
        RequestMedia, [Part]
    ) {
        let request = try makeRequest(contents: #"{"parts": \#(parts)}"#, members: members)
        let media = try makeMedia(request, files: files, tenant: Tenant(tenant))
        return (media, request.contents[0].parts)
    }

    private func medium(_ part: String) throws -> Medium {
        let (media, parts) = try media(part)
        return try XCTUnwrap(media.medium(of: parts[0]))
    }

    // MARK: - Files

    /// A guide sends the literal `${MIME_TYPE}` with a good file.
    func test_file_hasStoredTypeAndFacts_whateverTypeIsSent() throws {
        for type in ["audio/mpeg", "${MIME_TYPE}", "", "image/gif", "video/mp4"] {
            let medium = try medium(
                #"{"file_data": {"file_uri": "https://h/v1beta/files/sound", "mime_type": "\#(type)"}}"#)
            XCTAssertEqual(medium.mimeType, "audio/mpeg")
            XCTAssertEqual(medium.modality, .audio)
            XCTAssertEqual(medium.facts.seconds, 43.1)
            XCTAssertEqual(medium.sizeBytes, 1_234_567)
        }
    }

    func test_file_isRefused_whereItCannotBeUsed() {
        for (id, error) in [
            ("nothing", APIError.noSuchFile("nothing")), ("film", .fileNotActive("film")),
            ("broken", .fileNotActive("broken")), ("cuda", .unsupportedType("application/cu-seeme")),
            ("untyped", .unsupportedType("")),
        ] {
            XCTAssertEqual(refusal { try media(makeFilePart("files/\(id)")) }, error, id)
        }
        XCTAssertEqual(
            refusal { try media(makeFilePart("files/sound"), tenant: "other") }, .noSuchFile("sound"))
    }

    func test_file_isRefused_inSystemInstructionToo() {
        let members = #""systemInstruction": {"parts": \#(makeFilePart("files/film"))}"#
        XCTAssertEqual(
            refusal { try media(#"{"text": "a"}"#, members: members) }, .fileNotActive("film"))
    }

    func test_file_isFound_inFunctionResponse() throws {
        let response = { (id: String) in
            #"{"functionResponse": {"name": "f", "parts": [\#(makeFilePart("files/\(id)"))]}}"#
        }
        let (media, parts) = try media(response("sound"))
        XCTAssertEqual(media.medium(of: parts[0].responseMedia[0])?.mimeType, "audio/mpeg")
        XCTAssertEqual(refusal { try self.media(response("film")) }, .fileNotActive("film"))
    }

    func test_uri_isRefused_whereItIsNone() {
        for uri in ["", "x", "file:///etc/passwd"] {
            XCTAssertEqual(refusal { try media(makeFilePart(uri)) }, .badFileURI(uri))
        }
        XCTAssertEqual(refusal { try media(#"{"fileData": {}}"#) }, .badFileURI(""))
    }

    func test_firstProblem_isTold() {
        let parts = [makeFilePart("files/sound"), makeFilePart("files/a"), makeFilePart("x")]
        XCTAssertEqual(refusal { try media("[\(parts.joined(separator: ","))]") }, .noSuchFile("a"))
    }

    // MARK: - Addresses

    func test_youTube_isAMinuteWithSound_orWhatIsAskedFor() throws {
        for (metadata, length, meant) in [
            ("null", 60, 60), (#"{"fps": 5}"#, 60, 60), (#"{"endOffset": "40s"}"#, 40, 40),
            (#"{"startOffset": "300s"}"#, 360, 60),
            (#"{"startOffset": "300s", "endOffset": "310s"}"#, 310, 10),
            (#"{"startOffset": "10s", "endOffset": "5s"}"#, 5, 0),
        ] as [(String, Double, Double)] {
            let medium = try medium(
                #"{"fileData": {"fileUri": "https://youtu.be/abc"}, "videoMetadata": \#(metadata)}"#)
            XCTAssertEqual(medium.facts, MediaFacts(seconds: length, hasSound: true), metadata)
            XCTAssertEqual(medium.filmSeconds, meant, metadata)
            XCTAssertEqual(medium.modality, .video)
        }
    }

    func test_youTube_takesAnyType() throws {
        for type in ["video/mp4", "", "image/gif"] {
            XCTAssertEqual(try medium(makeFilePart("https://youtu.be/abc", type: type)).modality, .video)
        }
    }

    func test_elsewhere_isUnknown_butForItsType() throws {
        for type in ["", "image/jpeg"] {
            let (media, parts) = try media(makeFilePart("https://example.com/a.jpg", type: type))
            XCTAssertNil(media.medium(of: parts[0]))
        }
        XCTAssertEqual(
            refusal { try media(makeFilePart("gs://b/a.gif", type: "image/gif")) },
            .unsupportedType("image/gif"))
    }

    // MARK: - Inline

    func test_inline_isRefused_whereTypeIsNotTaken() {
        for type in ["png", "application/octet-stream", "image/gif"] {
            XCTAssertEqual(refusal { try media(makeInlinePart([1], type: type)) }, .unsupportedType(type))
        }
    }

    func test_inline_isTakenWithoutType() throws {
        let medium = try medium(makeInlinePart(makeWAV(seconds: 1), type: ""))
        XCTAssertNil(medium.modality)
        XCTAssertEqual(medium.facts.seconds, 1)
    }

    // MARK: - Length

    func test_sound_isRefused_beyondNineAndAHalfHours() throws {
        _ = try media("[\(makeFilePart("files/long")), \(makeFilePart("files/reel"))]")
        XCTAssertEqual(
            refusal { try media("[\(makeFilePart("files/long")), \(makeFilePart("files/moment"))]") },
            .tooMuchAudio(seconds: 34_201, limit: 34_200)
        )
        let twice = "[\(makeFilePart("files/long")), \(makeInlinePart(makeWAV(seconds: 1)))]"
        XCTAssertEqual(refusal { try media(twice) }?.status, .invalidArgument)
    }

    func test_absurdLengths_doNotTrap() {
        for seconds in [Double.infinity, .nan, -1, 1e308] {
            let files = FileTable(["a": makeEntry("audio/wav", facts: MediaFacts(seconds: seconds))])
            let part = makeFilePart("files/a")
            _ = try? makeMedia(makeRequest(contents: #"{"parts": [\#(part), \#(part)]}"#), files: files)
        }
    }
}
