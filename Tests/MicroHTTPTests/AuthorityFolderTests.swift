// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import MicroHTTP

final class AuthorityFolderTests: XCTestCase {
    private func folder() throws -> AuthorityFolder {
        let home = makePath()
        return try XCTUnwrap(AuthorityFolder.standard(dataHome: "\(home)/data", home: nil))
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try XCTUnwrap(attributes[.posixPermissions] as? Int)
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func files(_ folder: AuthorityFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    func test_standard_followsTheEnvironment() {
        XCTAssertEqual(AuthorityFolder.standard(dataHome: "/d", home: "/h")?.path, "/d/gemini-mock")
        for dataHome in [nil, "relative"] {
            let path = AuthorityFolder.standard(dataHome: dataHome, home: "/h")?.path
            XCTAssertTrue(
                ["/h/.local/share/gemini-mock", "/h/Library/Application Support/gemini-mock"].contains(path),
                path ?? "nothing")
        }
        XCTAssertNil(AuthorityFolder.standard(dataHome: nil, home: nil))
    }

    func test_itIsMadeOnce_forItsUserAlone() throws {
        let folder = try folder()
        XCTAssertNil(try folder.existing())
        let (made, origin) = try folder.authority(for: [.host("mock.internal")])
        XCTAssertEqual(origin, .made)
        let (found, second) = try folder.authority(for: [.host("other.internal")])
        XCTAssertEqual(second, .found)
        XCTAssertEqual(found, made)
        XCTAssertEqual(try folder.existing(), made)
        XCTAssertEqual(
            try files(folder), ["authorities.pem", "authority-key.pem", "authority.pem", "lock"])
        XCTAssertEqual(try mode(folder.path), 0o700)
        XCTAssertEqual(try mode("\(folder.path)/authority-key.pem"), 0o600)
        XCTAssertEqual(try bytes(folder.certificateFile), made.certificate)
        XCTAssertEqual(try bytes(folder.bundleFile), SystemAuthorities.pem() + made.certificate)
        XCTAssertFalse(
            String(decoding: try bytes(folder.certificateFile), as: UTF8.self).contains("PRIVATE"))
    }

    func test_manyAtOnce_getTheSame() throws {
        let folder = try folder()
        let names = Monitor<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 12) { _ in
            let name = (try? folder.authority().authority.name) ?? "none"
            names.withLock { $0.append(name) }
        }
        XCTAssertEqual(Set(names.withLock { $0 }).count, 1)
        XCTAssertEqual(names.withLock { $0 }.first, try folder.existing()?.name)
    }

    func test_itIsRenewed_beforeItExpires() throws {
        let folder = try folder()
        let now = Int(Date().timeIntervalSince1970)
        let (old, _) = try folder.authority(now: now - TLSAuthority.lifetime + 300 * 86_400)
        let (new, origin) = try folder.authority(now: now)
        XCTAssertEqual(origin, .renewed)
        XCTAssertEqual(new.name, old.name)
        XCTAssertGreaterThan(new.expires, old.expires)
        XCTAssertEqual(try bytes(folder.certificateFile), new.certificate)
        XCTAssertEqual(try folder.authority(now: now).origin, .found)
    }

    func test_replace_makesAnother() throws {
        let folder = try folder()
        let (old, _) = try folder.authority()
        let new = try folder.replace(for: [.host("mock.internal")])
        XCTAssertNotEqual(new.name, old.name)
        XCTAssertEqual(try folder.authority().authority, new)
        XCTAssertEqual(try bytes(folder.certificateFile), new.certificate)
    }

    func test_filesForClients_areMended() throws {
        let folder = try folder()
        let (made, _) = try folder.authority()
        try FileManager.default.removeItem(atPath: folder.certificateFile)
        try Data("old".utf8).write(to: URL(fileURLWithPath: folder.bundleFile))
        _ = try folder.authority()
        XCTAssertEqual(try bytes(folder.certificateFile), made.certificate)
        XCTAssertEqual(try bytes(folder.bundleFile), SystemAuthorities.pem() + made.certificate)
    }

    /// A writer that was killed leaves its file behind.
    func test_halfAFile_isNoObstacle() throws {
        let folder = try folder()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        try Data("half".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/authority-key.pem.new"))
        XCTAssertEqual(try folder.authority().origin, .made)
        XCTAssertEqual(
            try files(folder), ["authorities.pem", "authority-key.pem", "authority.pem", "lock"])
        XCTAssertEqual(try mode(folder.path), 0o700, "a folder that others could read is closed")
    }

    func test_aKeyThatOthersCanRead_isNotUsed() throws {
        let folder = try folder()
        _ = try folder.authority()
        let key = "\(folder.path)/authority-key.pem"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        XCTAssertThrowsError(try folder.authority()) { error in
            XCTAssertEqual((error as? TLSAuthorityError)?.code, .fileUnsafe)
            XCTAssertTrue("\(error)".contains(key) && "\(error)".contains("ca replace"), "\(error)")
        }
        _ = try folder.replace(for: [])
        XCTAssertEqual(try mode(key), 0o600)
        XCTAssertEqual(try folder.authority().origin, .found)
    }

    func test_whatIsNoAuthority_isNotReplacedJustSo() throws {
        let folder = try folder()
        _ = try folder.authority()
        let key = "\(folder.path)/authority-key.pem"
        try Data("nonsense".utf8).write(to: URL(fileURLWithPath: key))
        XCTAssertThrowsError(try folder.authority()) { error in
            XCTAssertEqual((error as? TLSAuthorityError)?.code, .fileUnsafe)
        }
        XCTAssertEqual(try bytes(key), Array("nonsense".utf8))
    }

    func test_aFolderThatCannotBeMade_isNamed() throws {
        let file = try makeFile([])
        let folder = AuthorityFolder(path: "\(file)/data/gemini-mock")
        XCTAssertThrowsError(try folder.authority()) { error in
            XCTAssertEqual((error as? TLSAuthorityError)?.code, .folderUnusable)
            XCTAssertTrue("\(error)".contains("\(file.split(separator: "/").last ?? "")/data: "), "\(error)")
        }
    }
}
