// SPDX-License-Identifier: Apache-2.0

import Conformance
import ScenarioEngine

/// Files about clients: what they are, and what they are known to fail.
public enum ClientFile {
    /// - Throws: `SuiteFile.Unreadable`; what is wrong with the text, where it can be read. Paths in it are those of the
    ///   folder that the file stands in.
    public static func read(_ path: String) throws -> ClientProfile {
        let bytes = try SuiteFile.bytes(path)
        var profile = try ClientProfile(LocatedDocument.read(bytes, file: path), file: path)
        if let known = profile.knownFailuresPath {
            profile.known = try knownFailures(beside(path, known))
        }
        return profile
    }

    /// - Throws: `SuiteFile.Unreadable`; what is wrong with the text, where it can be read.
    public static func knownFailures(_ path: String) throws -> KnownFailures {
        let bytes = try SuiteFile.bytes(path)
        return try KnownFailures(LocatedDocument.read(bytes, file: path), file: path)
    }

    private static func beside(_ file: String, _ path: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return "\(file[...slash])\(path)"
    }
}
