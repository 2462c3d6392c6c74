// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// Recorders that can't go on. Whatever happens to them: the earlier recording is whole, and why is told.
final class RecordCrashTests: FolderTestCase {
    private var upstream = ""

    override func setUpWithError() throws {
        try super.setUpWithError()
        upstream = try serve().baseURL
    }

    override func tearDownWithError() throws {
        chmod(recording, 0o700)
        try super.tearDownWithError()
    }

    private var recording: String { folder + "/recording" }
    private var mainFile: String { recording + "/recording.json" }

    /// - Parameter before: a command line that the recorder's stands behind.
    private func record(_ mode: String = "all", to place: String? = nil, before: [String] = []) throws
        -> (process: ChildProcess, ready: ServerProcess.Ready)
    {
        let process = try recorder(mode, to: place, before: before)
        let ready = try JSONDecoder().decode(ServerProcess.Ready.self, from: Data(process.line().utf8))
        return (process, ready)
    }

    private func recorder(_ mode: String, to place: String? = nil, before: [String] = []) throws
        -> ChildProcess
    {
        let words =
            before + [
                ServerProcess.executable, "record", "--upstream", upstream, "--to", place ?? recording,
                "--mode", mode, "--port", "0", "--json",
            ]
        return try ChildProcess(words[0], Array(words[1...]), environment: RecordTests.withoutProxies)
    }

    private func ask(_ ready: ServerProcess.Ready, _ text: String = "Hello") throws -> Int {
        let client = try XCTUnwrap(RawClient(port: ready.port))
        let body = #"{"contents":[{"parts":[{"text":"\#(text)"}]}]}"#
        client.send(
            "POST /v1beta/models/gemini-2.5-flash:generateContent HTTP/1.1\r\nHost: localhost\r\n"
                + "x-goog-api-key: made-up\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return try client.receiveAnswer().status
    }

    /// A recording that is there before, and the bytes of its files.
    private func makeEarlier(in place: String? = nil) throws -> [String: Data] {
        let (process, ready) = try record(to: place)
        XCTAssertEqual(try ask(ready), 200)
        XCTAssertEqual(try ask(ready, String(repeating: "Long ", count: 4000)), 200)
        process.send(signal: SIGTERM)
        let result = try process.result()
        XCTAssertEqual(result.exitCode, 0, result.errors)
        return try whole(place)
    }

    /// The files of the recording that can be replayed.
    private func whole(_ place: String? = nil) throws -> [String: Data] {
        let place = place ?? recording
        var files = ["recording.json": try Data(contentsOf: URL(fileURLWithPath: place + "/recording.json"))]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place + "/bodies")) ?? [] {
            files[name] = try Data(contentsOf: URL(fileURLWithPath: place + "/bodies/" + name))
        }
        return files
    }

    /// Whether what is there has what was there before, to the byte, and can be used.
    private func checkIsWhole(_ earlier: [String: Data], in place: String? = nil, line: UInt = #line) throws {
        let now = try whole(place)
        for (name, bytes) in earlier { XCTAssertEqual(now[name], bytes, name, line: line) }
        let linted = try ChildProcess.run(ServerProcess.executable, ["lint", place ?? recording])
        XCTAssertEqual(linted.exitCode, 0, linted.text, line: line)
    }

    private func count(_ file: String) throws -> Int {
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        let json = try XCTUnwrap(JSONSerialization.jsonObject(with: data) as? [String: Any])
        return try XCTUnwrap(json["exchanges"] as? [Any]).count
    }

    /// Writes of the recorder come after the answers.
    private func waitForPart(of lines: Int) {
        let part = recording + "/recording.part"
        XCTAssertTrue(
            eventually {
                (try? Data(contentsOf: URL(fileURLWithPath: part)))?.filter { $0 == 0x0A }.count == lines + 1
            })
    }

    // MARK: kill -9

    func test_killed_leavesTheEarlierRecording_andWhatItHad() throws {
        let earlier = try makeEarlier()
        let (process, ready) = try record()
        for number in 1...3 { XCTAssertEqual(try ask(ready, "\(number)"), 200) }
        waitForPart(of: 3)
        process.send(signal: SIGKILL)
        XCTAssertEqual(try process.result().exitCode, 128 + SIGKILL)
        try checkIsWhole(earlier)

        let (next, other) = try record("new")
        XCTAssertEqual(try ask(other, "4"), 200)
        next.send(signal: SIGTERM)
        let result = try next.result()
        XCTAssertEqual(result.exitCode, 0)
        let saved = recording + "/recording.recovered.json"
        XCTAssertTrue(
            result.errors.contains("what a recorder that was killed has left is in \(saved)"), result.errors)
        XCTAssertEqual(try count(saved), 3)
        XCTAssertEqual(try count(mainFile), 3)
    }

    func test_killedWhileItAdds_hasAddedAllThatWasAnswered() throws {
        _ = try makeEarlier()
        let (process, ready) = try record("new")
        XCTAssertEqual(try ask(ready, "1"), 200)
        waitForPart(of: 1)
        process.send(signal: SIGKILL)
        _ = try process.result()
        let (next, _) = try record("new")
        next.send(signal: SIGTERM)
        let errors = try next.result().errors
        XCTAssertTrue(
            errors.contains("1 exchange of a recorder that was killed is in \(recording) now"), errors)
        XCTAssertEqual(try count(mainFile), 3)
    }

    // MARK: A full disk

    func test_filesThatMayNotGrow_areTold_andHarmNothing() throws {
        try RequiredClient.shortFiles()
        let earlier = try makeEarlier()
        // 64 blocks of 512 bytes, more than what it needs for the first exchange.
        let limited = ["/bin/sh", "-c", #"trap '' XFSZ; ulimit -f 64; exec "$0" "$@""#]
        try checkFull(before: limited)
        try checkIsWhole(earlier)
    }

    func test_fullDisk_isTold_andHarmsNothing() throws {
        let disk = folder + "/disk"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
        let mounted = ChildProcess.find("mount") != nil ? try? mount(disk) : nil
        guard mounted?.exitCode == 0 else {
            throw RequiredClient.isUnavailable(
                "no small disk can be mounted: \(mounted?.errors ?? "no mount")")
        }
        defer { _ = try? ChildProcess.run("umount", ["-l", disk]) }
        let place = disk + "/recording"
        let earlier = try makeEarlier(in: place)
        let errors = try checkFull(to: place)
        XCTAssertTrue(errors.contains("No space left on device; make room"), errors)
        try checkIsWhole(earlier, in: place)
    }

    private func mount(_ disk: String) throws -> ChildProcess.Result {
        try ChildProcess.run("mount", ["-t", "tmpfs", "-o", "size=192k", "tmpfs", disk])
    }

    /// The client is answered all the same; what is lost is told, and counts as a failure.
    @discardableResult
    private func checkFull(to place: String? = nil, before: [String] = []) throws -> String {
        let (process, ready) = try record(to: place, before: before)
        for number in 1...30 {
            XCTAssertEqual(try ask(ready, String(repeating: "\(number) ", count: 4000)), 200)
        }
        process.send(signal: SIGTERM)
        let result = try process.result()
        XCTAssertEqual(result.exitCode, 73, result.errors)
        XCTAssertTrue(
            result.errors.contains("isn't recorded: can't write \(place ?? recording)/"), result.errors)
        XCTAssertTrue(
            result.errors.contains("the earlier recording in \(place ?? recording) is as it was"),
            result.errors)
        return result.errors
    }

    // MARK: Folders that can't be used

    func test_readOnlyFolder_isTold() throws {
        let earlier = try makeEarlier()
        chmod(recording, 0o500)
        // Whoever may do everything may write there, too.
        var before: [String] = []
        if geteuid() == 0 {
            guard ChildProcess.find("setpriv") != nil else {
                throw RequiredClient.isUnavailable("there is no setpriv, and root may write everywhere")
            }
            before = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"]
        }
        let result = try recorder("all", before: before).result()
        XCTAssertEqual(result.exitCode, 73, result.errors)
        XCTAssertEqual(result.text, "")
        XCTAssertTrue(
            result.errors.contains(
                "Permission denied; let its owner write there, what was there before is unchanged"),
            result.errors)
        try checkIsWhole(earlier)
    }

    func test_twoRecorders_areNotLetIntoOneFolder() throws {
        let (first, ready) = try record()
        let second = try recorder("all").result()
        XCTAssertEqual(second.exitCode, 73)
        XCTAssertEqual(
            second.errors,
            """
            gemini-mock: process \(first.pid) is writing to the recording \(recording); wait until it ends, or record \
            into another folder

            """)
        XCTAssertEqual(try ask(ready), 200)
        first.send(signal: SIGTERM)
        XCTAssertEqual(try first.result().exitCode, 0)
        XCTAssertEqual(try count(mainFile), 1)
    }
}
