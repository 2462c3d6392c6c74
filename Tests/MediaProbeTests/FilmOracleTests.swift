// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import MediaProbe

/// Compares with ffprobe what is read of files that ffmpeg makes.
final class FilmOracleTests: XCTestCase {
    private static func lengths(of name: String) -> [Double] {
        ["plain.m4a", "short.mp4", "plain.mp4", "fragments.mp4", "opus.webm", "live.webm"].contains(name)
            ? [0.1, 4.32, 61] : [0.1, 4.32]
    }
    private static let sound = ["-f", "lavfi", "-i", "sine=440:sample_rate=44100"]
    private static let picture = ["-f", "lavfi", "-i", "testsrc=size=162x98:rate=10"]

    private static let soundOnly: [(name: String, options: [String])] = [
        ("plain.m4a", ["-c:a", "aac"]),
        ("fast.m4a", ["-c:a", "aac", "-movflags", "+faststart"]),
        ("fragments.mp4", ["-c:a", "aac", "-movflags", "frag_keyframe+empty_moov"]),
        ("short.mp4", ["-c:a", "aac", "-movflags", "empty_moov", "-frag_duration", "500000"]),
        ("sound.mov", ["-c:a", "pcm_s16le"]),
        ("opus.webm", ["-c:a", "libopus"]),
        ("live.webm", ["-c:a", "libopus", "-live", "1"]),
        ("vorbis.mka", ["-c:a", "libvorbis"]),
    ]
    private static let h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    private static let films: [(name: String, options: [String])] = [
        ("plain.mp4", h264),
        ("fast.mp4", h264 + ["-movflags", "+faststart"]),
        ("fragments.mp4", h264 + ["-g", "10", "-movflags", "frag_keyframe+empty_moov"]),
        ("defaults.mp4", h264 + ["-g", "10", "-movflags", "frag_keyframe+empty_moov+default_base_moof"]),
        ("partly.mp4", h264 + ["-g", "10", "-movflags", "frag_keyframe"]),
        ("index.mp4", h264 + ["-g", "10", "-movflags", "frag_keyframe+empty_moov+global_sidx"]),
        ("film.mov", h264),
        ("film.webm", ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"]),
        ("live.webm", ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-live", "1"]),
        ("film.mkv", h264),
    ]

    func test_sound_isAsLongAsFFprobeSays() throws {
        try withFolder { folder in
            for (name, options) in Self.soundOnly {
                for length in Self.lengths(of: name) {
                    try check(folder, name, Self.sound + options, length)
                }
            }
        }
    }

    func test_filmWithoutSound_isAsLongAndLargeAsFFprobeSays() throws {
        try withFolder { folder in
            for (name, options) in Self.films {
                for length in Self.lengths(of: name) {
                    try check(folder, name, Self.picture + options, length)
                }
            }
        }
    }

    func test_filmWithSound_isAsLongAndLargeAsFFprobeSays() throws {
        try withFolder { folder in
            for (name, options) in Self.films {
                let sound = name.hasSuffix(".webm") ? "libopus" : "aac"
                try check(folder, name, Self.sound + Self.picture + options + ["-c:a", sound], 4.32)
            }
        }
    }

    func test_cutFilm_isAboutAsLongAsItsPackets() throws {
        try withFolder { folder in
            for name in ["fast.m4a", "fragments.mp4", "opus.webm"] {
                let options = Self.soundOnly.first { $0.name == name }?.options ?? []
                let path = try make(folder, name, Self.sound + options, 61)
                let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
                for share in [0.3, 0.6, 0.9] {
                    let cut = Array(bytes.prefix(Int(Double(bytes.count) * share)))
                    try Data(cut).write(to: URL(filePath: path))
                    let expected = try XCTUnwrap(lengthOfPackets(path), name)
                    XCTAssertEqual(facts(of: cut).seconds ?? 0, expected, accuracy: 1, "\(name), \(share)")
                }
            }
        }
    }

    private func check(_ folder: URL, _ name: String, _ options: [String], _ length: Double) throws {
        let path = try make(folder, name, options, length)
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        let facts = facts(of: bytes)
        let message = "\(name), \(length) s"
        let isMatroska = MatroskaWalker.recognises(bytes)
        // Durations in Matroska are in milliseconds; a block of Opus without one has 20 of them, whatever is
        // cut off at its end. Those in MP4 are exact (ffprobe prints six places) but for edits, which ffprobe
        // is told to ignore.
        let flags = isMatroska ? [] : ["-ignore_editlist", "1"]
        let report = ffprobe(path, "stream=codec_type,width,height,duration:format=duration", flags)
        let durations = values(of: isMatroska ? "format.duration" : "duration", in: report).compactMap {
            Double($0)
        }
        let isLive = durations.isEmpty
        let expected = try XCTUnwrap(isLive ? lengthOfPackets(path) : durations.max(), message)
        XCTAssertEqual(facts.seconds ?? 0, expected, accuracy: isLive ? 0.021 : 1e-6, message)

        let types = values(of: "codec_type", in: report)
        XCTAssertEqual(facts.hasSound, types.contains("audio"), message)
        XCTAssertEqual(facts.mimeType?.hasPrefix("video/"), types.contains("video"), message)
        let size = ["width", "height"].flatMap { values(of: $0, in: report) }.map { Int($0) }
        XCTAssertEqual([facts.width, facts.height].filter { $0 != nil }, size, message)
    }

    private func facts(of bytes: [UInt8]) -> MediaFacts {
        MatroskaWalker.recognises(bytes) ? makeFacts(MatroskaWalker(), bytes) : makeFacts(MP4Walker(), bytes)
    }

    /// - Returns: where the file is.
    private func make(_ folder: URL, _ name: String, _ options: [String], _ length: Double) throws -> String {
        let path = folder.appending(path: name).path
        let made = run("ffmpeg", ["-v", "error", "-y"] + options + ["-t", "\(length)", path])
        if made == nil { Skips.note("FilmOracleTests: ffmpeg isn't installed, or can't make \(name)") }
        try XCTSkipIf(made == nil, "ffmpeg isn't installed, or can't make \(name)")
        return path
    }

    private func ffprobe(_ path: String, _ entries: String, _ flags: [String] = []) -> String {
        run("ffprobe", ["-v", "quiet"] + flags + ["-show_entries", entries, "-of", "flat", path]) ?? ""
    }

    /// What stands for `key` in lines such as `streams.stream.0.width=640` or `format.duration="4.32"`.
    private func values(of key: String, in report: String) -> [String] {
        report.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0] == key || parts[0].hasSuffix("." + key) else { return nil }
            return parts[1].trimmingCharacters(in: ["\""])
        }
    }

    /// From the beginning of the first packet to the end of the last, in seconds.
    private func lengthOfPackets(_ path: String) -> Double? {
        let report = ffprobe(path, "packet=pts_time,duration_time")
        let starts = values(of: "pts_time", in: report).map { Double($0) ?? 0 }
        let lengths = values(of: "duration_time", in: report).map { Double($0) ?? 0 }
        guard let start = starts.min(), let end = zip(starts, lengths).map(+).max() else { return nil }
        return end - start
    }

    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "media-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    /// - Returns: what it prints; nil if it isn't there or fails.
    private func run(_ program: String, _ arguments: [String]) -> String? {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: output, as: UTF8.self) : nil
    }
}
