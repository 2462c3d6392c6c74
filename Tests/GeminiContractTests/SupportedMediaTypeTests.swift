// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import XCTest

final class SupportedMediaTypeTests: XCTestCase {
    func test_modality_isThatOfType_forWhatIsTaken() throws {
        for (modality, types) in [
            (
                .audio,
                """
                audio/wav audio/x-wav audio/wave audio/mp3 audio/mpeg audio/mpga audio/aiff audio/x-aiff audio/aac
                audio/x-aac audio/ogg audio/opus audio/flac audio/x-flac audio/m4a audio/x-m4a audio/mp4 audio/webm
                audio/pcm audio/l16;rate=24000 audio/webm;codecs=opus application/ogg
                """
            ),
            (.image, "image/png image/jpeg image/webp image/heic image/heif IMAGE/JPEG image/png;q=1"),
            (
                .video,
                """
                video/mp4 video/mpeg video/mov video/avi video/x-flv video/mpg video/webm video/wmv video/3gpp
                video/quicktime video/x-msvideo video/x-matroska
                """
            ),
            (.document, "application/pdf Application/PDF"),
            (
                .text,
                """
                text/plain text/html text/css text/csv text/md text/markdown text/xml text/rtf text/javascript
                text/x-python text/plain;charset=utf-8 application/json application/rtf application/x-javascript
                application/x-python
                """
            ),
        ] as [(Modality, String)] {
            for type in types.split(whereSeparator: \.isWhitespace).map(String.init) {
                XCTAssertEqual(try SupportedMediaType.modality(of: type), modality, type)
            }
        }
        XCTAssertEqual(try SupportedMediaType.modality(of: " text/plain ; charset=utf-8"), .text)
    }

    func test_modality_isRefused_withTypeAsSent() {
        for type in [
            "application/cu-seeme", "png", "jpeg", "image/gif", "image/jpg", "image/svg+xml",
            "application/octet-stream", "application/zip", "application/msword", "application/xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "${MIME_TYPE}", "",
            "audio/ ", " / ", "audio/e\u{301}", "audio/" + String(repeating: " ", count: 100_000),
            "audio", "audio/", "/", "/wav", "audio/wav/x", "audio/w v", "Audio/é", "audio/wav\u{0}", ";",
            " ; ",
            "model/gltf", "multipart/mixed", "IMAGE/GIF", String(repeating: "a", count: 100_000),
        ] {
            XCTAssertEqual(
                refusal { try SupportedMediaType.modality(of: type) }, .unsupportedType(type), type)
        }
    }

    func test_isWellFormed_isFormAlone() {
        for type in ["image/tiff", "x/y", "Application/X-Sh; a=b", "a.b+c/d-e_f"] {
            XCTAssertTrue(SupportedMediaType.isWellFormed(type), type)
        }
        for type in ["", "/", "jsonl", "x/", "/y", "x/y/z", "x y/z", "${MIME_TYPE}", "é/y", ";x/y", "x/y\n"] {
            XCTAssertFalse(SupportedMediaType.isWellFormed(type), type)
        }
    }

    func test_modality_isRefusedInOtherWords_forPicturesThatAreNotDecoded() {
        for type in ["image/tiff", "image/bmp", "Image/BMP"] {
            XCTAssertEqual(refusal { try SupportedMediaType.modality(of: type) }, .invalidArgument, type)
        }
    }
}
