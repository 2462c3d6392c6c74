// SPDX-License-Identifier: Apache-2.0

import Conformance
import ScenarioEngine

/// Files about clients: what they are, and what they are known to fail.
public enum ClientFile {
    /// - Parameter suites: those that there are.
    /// - Throws: `SuiteFile.Unreadable`; what is wrong with the text, where it can be read. Paths in it are those of the
    ///   folder that the file stands in.
    public static func read(_ path: String, of suites: [ConformanceSuite]) throws -> ClientProfile {
        let bytes = try SuiteFile.bytes(path)
        var profile = try ClientProfile(LocatedDocument.read(bytes, file: path), file: path, of: suites)
        if let known = profile.knownFailuresPath {
            profile.known = try knownFailures(beside(path, known), of: suites)
        }
        return profile
    }

    /// - Parameter suites: those that there are: an entry that names no case of theirs is a mistake.
    /// - Throws: `SuiteFile.Unreadable`; what is wrong with the text, where it can be read.
    public static func knownFailures(_ path: String, of suites: [ConformanceSuite]) throws -> KnownFailures {
        let bytes = try SuiteFile.bytes(path)
        return try KnownFailures(LocatedDocument.read(bytes, file: path), file: path, of: suites)
    }

    private static func beside(_ file: String, _ path: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return "\(file[...slash])\(path)"
    }
}
