// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class FileURITests: XCTestCase {
    func test_uploaded_isKnownByItsID_underAnyAddress() {
        for uri in [
            "https://generativelanguage.googleapis.com/v1beta/files/abc-123",
            "http://127.0.0.1:8787/v1/files/abc-123", "http://[::1]:8787/v1alpha/files/abc-123",
            "https://user@proxy.example/some/prefix/v1beta/files/abc-123", "HTTPS://HOST/v1/files/abc-123",
            "https://host/files/abc-123", "other+scheme://host/v9/files/abc-123",
            "https://host/v1beta/files/abc-123?key=k", "https://host/v1beta/files/abc-123#x", "files/abc-123",
            "/v1beta/files/abc-123", "v1/files/abc-123", "files/http://host/v1beta/files/abc-123",
        ] {
            XCTAssertEqual(FileURI(uri), .uploaded(id: "abc-123"), uri)
        }
    }

    /// What can be meant for nothing else is a file that isn't there.
    func test_uploaded_mayHaveImpossibleID_whereAddressIsOurs() {
        for (uri, id) in [
            ("files/ABC", "ABC"), ("https://host/v1beta/files/AUDIO_FILE.mp3", "AUDIO_FILE.mp3"),
            (
                "https://host/v1/files/" + String(repeating: "a", count: 41),
                String(repeating: "a", count: 41)
            ),
        ] {
            XCTAssertEqual(FileURI(uri), .uploaded(id: id), uri)
        }
    }

    func test_youTube_isKnownInItsForms() {
        for uri in [
            "https://www.youtube.com/watch?v=lCdaVNyHtjU", "https://youtube.com/watch?v=lCdaVNyHtjU",
            "http://m.youtube.com/watch?app=m&v=lCdaVNyHtjU#t=1",
            "https://music.youtube.com/watch?v=lCdaVNyHtjU",
            "https://youtu.be/lCdaVNyHtjU", "https://youtu.be/lCdaVNyHtjU?t=5",
            "HTTPS://WWW.YouTube.com/shorts/a-_1",
            "https://www.youtube.com:443/live/abc?feature=share", "https://www.youtube.com/embed/abc/",
            "https://youtube.com/v/abc",
        ] {
            XCTAssertEqual(FileURI(uri), .youTube, uri)
        }
    }

    func test_elsewhere_isAnyOtherAddress() {
        for uri in [
            "https://example.com/picture.jpg?hmac=a/b", "http://example.com", "gs://bucket/object.mp3",
            "gs://bucket/files/abc", "https://example.com/files/report.pdf", "https://host/v1beta/files/",
            "https://host/v1beta/files/abc/", "https://host/v1beta/files/abc/def", "https://host/myfiles/abc",
            "https://www.youtube.com/watch", "https://www.youtube.com/watch?list=x", "https://youtu.be/",
            "https://www.youtube.com/watch?v=", "https://www.youtube.com/playlist?list=x",
            "https://youtube.com@evil.example/watch?v=abc", "https://evilyoutube.com/watch?v=abc",
            "https://www.youtube.com.evil.example/watch?v=abc", "https://www.youtube.com/shorts",
            "https://evil.example/youtu.be/abc", "https://evil.example\\@youtu.be", "https://é.example/x",
        ] {
            XCTAssertEqual(FileURI(uri), .elsewhere, uri)
        }
    }

    func test_rest_isRefused() {
        for uri in [
            "", "x", "abc123def456", "files/", "files", "/files/", "audio.mp3", "/tmp/audio.mp3",
            "file:///tmp/a.mp3",
            "ftp://host/a.mp3", "data:audio/wav;base64,AAAA", "https://", "https:", "https:///path", "://",
            ":",
            "gs://", "gs:///files/abc", "youtu.be/abc", "www.youtube.com/watch?v=abc", "files/a b",
            "files/\u{0}",
            "https://host/v1beta/files/a\nb", "?", "#", "?files/abc", "files/é", "/", "//", "files//",
        ] {
            XCTAssertNil(FileURI(uri), uri)
        }
    }

    func test_hostileLengths_takeLinearTime() {
        for (part, count) in [
            ("/", 500_000), (":", 500_000), ("@", 500_000), ("/files", 100_000), ("&v=", 200_000),
        ] {
            let long = String(repeating: part, count: count)
            for uri in [long, "https://\(long)", "https://www.youtube.com/watch?\(long)", "files/\(long)"] {
                _ = FileURI(uri)
            }
        }
        XCTAssertNil(FileURI("files/" + String(repeating: "a", count: 1_000_000)))
        XCTAssertNil(FileURI("e\u{301}:\u{301}/\u{301}/\u{301}"))
    }
}
