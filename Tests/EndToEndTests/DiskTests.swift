// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// Disks that are full, can't be written to or are gone, and descriptors that are used up: what was acknowledged stays, what
/// can't be done is told, and all goes on when the cause is gone.
final class DiskTests: XCTestCase {
    private var folder = ""

    override func setUpWithError() throws {
        folder = NSTemporaryDirectory() + "/gemini-mock-disk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    override func tearDown() {
        // One may be upon the other.
        for _ in 0..<2 { _ = try? ChildProcess.run("umount", ["-l", folder]) }
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func mount(_ options: String) throws {
        let mounted =
            ChildProcess.find("mount") == nil
            ? nil : try? ChildProcess.run("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder])
        guard mounted?.exitCode == 0 else {
            throw RequiredClient.isUnavailable(
                "no small disk can be mounted: \(mounted?.errors ?? "no mount")")
        }
    }

    private func upload(_ server: ServerProcess, _ count: Int) throws -> RawAnswer {
        try UploadConnection(server.port).send(
            "/upload/v1beta/files",
            [UploadConnection.key, ("X-Goog-Upload-Protocol", "raw"), ("Content-Type", "text/plain")],
            body: [UInt8](repeating: 0x61, count: count))
    }

    private func names(_ server: ServerProcess) throws -> Set<String> {
        let answer = try UploadConnection(server.port).get("/v1beta/files?pageSize=100")
        let files = (answer.json as? [String: Any])?["files"] as? [[String: Any]] ?? []
        return Set(files.compactMap { $0["name"] as? String })
    }

    /// The client is told that the server has failed, in the API's shape, and its log says why.
    private func checkFailed(
        _ answer: RawAnswer, _ server: ServerProcess, _ reason: String, line: UInt = #line
    ) {
        XCTAssertEqual(answer.status, 500, answer.text, line: line)
        XCTAssertTrue(answer.text.contains("\"INTERNAL\""), answer.text, line: line)
        XCTAssertTrue(eventually { server.errorText.contains(reason) }, server.errorText, line: line)
    }

    func test_fullDisk_isTold_losesNothing_andServiceGoesOn() throws {
        try mount("size=1m")
        var server = try ServerProcess(["--data-dir", folder])
        defer { _ = try? server.stop() }
        var acknowledged = try Set((0..<3).map { _ in try UploadedFile(upload(server, 200_000)).name })
        checkFailed(try upload(server, 800_000), server, "No space left on device")
        XCTAssertEqual(try names(server), acknowledged)
        // One of them goes, and there is room again.
        let gone = try XCTUnwrap(acknowledged.popFirst())
        _ = try UploadConnection(server.port).send(
            "/v1beta/\(gone)", [UploadConnection.key], method: "DELETE")
        acknowledged.insert(try UploadedFile(upload(server, 300_000)).name)
        XCTAssertEqual(try names(server), acknowledged)
        try server.stop()
        server = try ServerProcess(["--data-dir", folder])
        XCTAssertEqual(try names(server), acknowledged)
    }

    func test_readOnlyDisk_isTold_andServiceGoesOn() throws {
        try mount("size=1m")
        let server = try ServerProcess(["--data-dir", folder])
        defer { _ = try? server.stop() }
        let kept = try UploadedFile(upload(server, 1000)).name
        // The server's lock is open for writing, so this disk can't be made read-only; another view of it can.
        for arguments in [["--bind", folder, folder], ["-o", "remount,ro,bind", folder]] {
            let mounted = try ChildProcess.run("mount", arguments)
            guard mounted.exitCode == 0 else {
                throw RequiredClient.isUnavailable("no disk can be made read-only: \(mounted.errors)")
            }
        }
        checkFailed(try upload(server, 1000), server, "Read-only file system")
        XCTAssertEqual(try names(server), [kept])
        XCTAssertEqual(try ChildProcess.run("umount", [folder]).exitCode, 0)
        XCTAssertEqual(try names(server).union([try UploadedFile(upload(server, 1000)).name]).count, 2)
    }

    func test_removedFolder_isTold_andServiceGoesOnWhereItIsMadeAgain() throws {
        let server = try ServerProcess(["--data-dir", folder])
        defer { _ = try? server.stop() }
        _ = try UploadedFile(upload(server, 1000))
        try FileManager.default.removeItem(atPath: folder)
        checkFailed(try upload(server, 1000), server, "No such file or directory")
        XCTAssertEqual(try server.exchange("GET", "/v1beta/models/gemini-3.5-flash").status, 200)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let name = try UploadedFile(upload(server, 1000)).name
        XCTAssertTrue(FileManager.default.fileExists(atPath: "\(folder)/\(name.dropFirst("files/".count))"))
    }

    func test_descriptorsThatAreUsedUp_areAnswered_andServiceGoesOn() throws {
        let process = try ChildProcess(
            "/bin/sh",
            [
                "-c", #"ulimit -n 120; exec "$0" "$@""#, ServerProcess.executable, "serve", "--port", "0",
                "--json",
                "--data-dir", folder,
            ])
        defer {
            process.send(signal: SIGTERM)
            XCTAssertEqual(try process.result().exitCode, 0)
        }
        let port = try JSONDecoder().decode(ServerProcess.Ready.self, from: Data(process.line().utf8)).port
        let get = "GET /v1beta/models/gemini-3.5-flash HTTP/1.1\r\nHost: x\r\nx-goog-api-key: k\r\n\r\n"
        var clients = try (0..<200).map { _ in try XCTUnwrap(RawClient(port: port)) }
        for client in clients { client.send(get) }
        // Those that are served stay; each of the others is told that there are too many, as soon as it can be.
        let statuses = try clients.map { try $0.receiveAnswer().status }
        XCTAssertEqual(Set(statuses), [200, 503])
        XCTAssertGreaterThan(statuses.count { $0 == 200 }, 10)
        clients = []
        XCTAssertTrue(
            eventually {
                let uploaded = try? UploadConnection(port).send(
                    "/upload/v1beta/files", [UploadConnection.key, ("X-Goog-Upload-Protocol", "raw")],
                    body: [1, 2, 3])
                return uploaded?.status == 200
            })
    }
}
