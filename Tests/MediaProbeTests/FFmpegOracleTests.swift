// SPDX-License-Identifier: Apache-2.0

import Foundation
import MediaProbe
import TestSupport
import XCTest

/// Sound that ffmpeg made, against what ffprobe counts and against the length that was asked for.
final class FFmpegOracleTests: XCTestCase {
    private struct Sound {
        let rate: Int
        let channels: Int
        let seconds: Double
    }

    private static let sounds = [
        Sound(rate: 8_000, channels: 1, seconds: 0.1), Sound(rate: 16_000, channels: 2, seconds: 4.32),
        Sound(rate: 22_050, channels: 1, seconds: 61), Sound(rate: 24_000, channels: 1, seconds: 4.32),
        Sound(rate: 44_100, channels: 2, seconds: 61), Sound(rate: 48_000, channels: 2, seconds: 0.1),
    ]

    private var folder = FileManager.default.temporaryDirectory

    override func setUpWithError() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("media-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDownWithError() throws {
        try FileManager.default.removeItem(at: folder)
    }

    // MARK: - As long as asked for

    func test_wav_lastsAsAsked() throws {
        for codec in ["pcm_s16le", "pcm_s24le", "pcm_f32le", "pcm_alaw"] {
            try checkLength("audio/wav", "wav", ["-c:a", codec])
        }
        try checkLength("audio/wav", "wav", ["-rf64", "always"])
    }

    func test_aiff_lastsAsAsked() throws {
        try checkLength("audio/aiff", "aiff", [])
        try checkLength("audio/aiff", "aiff", ["-c:a", "pcm_mulaw"])
    }

    func test_flac_lastsAsAsked() throws {
        try checkLength("audio/flac", "flac", [])
    }

    func test_ogg_lastsAsAsked() throws {
        try checkLength("audio/ogg", "ogg", ["-c:a", "libvorbis"])
        try checkLength("audio/ogg", "ogg", ["-c:a", "flac"])
        // Opus knows neither 22.05 nor 44.1 kHz.
        try checkLength("audio/ogg", "opus", ["-c:a", "libopus"], rates: [8_000, 16_000, 24_000, 48_000])
    }

    // MARK: - As many frames as ffprobe counts

    func test_mp3_hasFramesOfOracle() throws {
        for arguments in [
            ["-b:a", "64k"], ["-b:a", "64k", "-write_xing", "0"], ["-q:a", "4"],
            ["-q:a", "4", "-write_xing", "0", "-id3v2_version", "0"], ["-q:a", "4", "-write_id3v1", "1"],
        ] {
            try checkFrames("audio/mpeg", "mp3", arguments) { $0 < 32_000 ? 576 : 1_152 }
        }
    }

    func test_mp2_hasFramesOfOracle() throws {
        try checkFrames("audio/mpeg", "mp2", [], rates: [16_000, 22_050, 24_000, 44_100, 48_000]) { _ in 1_152
        }
    }

    func test_adts_hasFramesOfOracle() throws {
        try checkFrames("audio/aac", "aac", []) { _ in 1_024 }
    }

    // MARK: - Checks

    private func checkLength(
        _ mimeType: String, _ format: String, _ arguments: [String], rates: [Int]? = nil, line: UInt = #line
    ) throws {
        for sound in Self.sounds where rates?.contains(sound.rate) ?? true {
            let path = try make(sound, format, arguments)
            try check(path, mimeType, seconds: sound.seconds, "\(arguments), \(sound)", line: line)
        }
    }

    private func checkFrames(
        _ mimeType: String, _ format: String, _ arguments: [String], rates: [Int]? = nil, line: UInt = #line,
        samplesPerFrame: (Int) -> Int
    ) throws {
        for sound in Self.sounds where rates?.contains(sound.rate) ?? true {
            let path = try make(sound, format, arguments)
            let counted = try run(
                "ffprobe",
                [
                    "-v", "error", "-count_packets", "-select_streams", "a:0", "-of", "csv=p=0",
                    "-show_entries", "stream=nb_read_packets", path,
                ]
            )
            let frames = try XCTUnwrap(Int(counted.filter(\.isNumber)), "ffprobe said: \(counted)")
            let seconds = Double(frames * samplesPerFrame(sound.rate)) / Double(sound.rate)
            try check(path, mimeType, seconds: seconds, "\(arguments), \(sound)", line: line)
        }
    }

    private func check(_ path: String, _ mimeType: String, seconds: Double, _ message: String, line: UInt)
        throws
    {
        let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let facts = probe(file, cuts: [4_096], line: line)
        XCTAssertEqual(facts.mimeType, mimeType, message, line: line)
        XCTAssertEqual(facts.seconds ?? -1, seconds, accuracy: 1e-6, message, line: line)
    }

    // MARK: - Tools

    private func make(_ sound: Sound, _ format: String, _ arguments: [String]) throws -> String {
        let path = folder.appendingPathComponent("sound.\(format)").path
        let source = "sine=frequency=300:sample_rate=\(sound.rate):duration=\(sound.seconds)"
        _ = try run(
            "ffmpeg",
            ["-v", "error", "-y", "-f", "lavfi", "-i", source, "-ac", "\(sound.channels)"] + arguments + [
                path
            ])
        return path
    }

    private func run(_ tool: String, _ arguments: [String]) throws -> String {
        let folders = ProcessInfo.processInfo.environment["PATH", default: ""].split(separator: ":")
        guard let path = folders.map({ "\($0)/\(tool)" }).first(where: FileManager.default.isExecutableFile)
        else {
            Skips.note("FFmpegOracleTests: \(tool) isn't installed")
            throw XCTSkip("\(tool) isn't installed, and is what these tests compare with.")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw XCTSkip("\(tool) can't do this here: \(arguments.joined(separator: " "))")
        }
        return text
    }
}
