// SPDX-License-Identifier: Apache-2.0

import Conformance
import ScenarioEngine

/// The cases that are part of the program.
public enum EmbeddedSuites {
    /// - Throws: what is wrong with one of the files; a test keeps them right.
    public static func read() throws -> [ConformanceSuite] {
        try SuiteFiles.all.map { try suite($0.bytes, file: $0.name) }
    }

    /// - Parameter file: its name in problems.
    /// - Throws: `ScenarioProblems` where the text can't be read, `CaseProblems` where it says what can't be.
    package static func suite(_ bytes: [UInt8], file: String) throws -> ConformanceSuite {
        try SuiteDecoder.decode(LocatedDocument.read(bytes, file: file), file: file)
    }
}
