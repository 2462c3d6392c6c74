// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The value of `--api-keys`.
enum KeyList {
    /// - Parameter text: `K1,K2`, or `@FILE` with a key on each line.
    /// - Throws: exit code 66 where the file can't be read, 64 where there is no key.
    static func read(_ text: String) throws -> Set<String> {
        guard text.hasPrefix("@") else { return try parse(text, separator: ",") }
        let path = String(text.dropFirst())
        guard let content = contents(of: path) else {
            Output.error("gemini-mock: can't read the keys in \(path): \(String(cString: strerror(errno)))")
            throw ExitCode(EX_NOINPUT)
        }
        do {
            return try parse(content, separator: "\n")
        } catch {
            Output.error("gemini-mock: there is no key in \(path)")
            throw ExitCode(EX_USAGE)
        }
    }

    /// The keys between the separators, blanks around them left out.
    ///
    /// - Throws: `ValidationError` where there is none.
    static func parse(_ text: String, separator: Character) throws -> Set<String> {
        // A line may end with CR LF, which is one character.
        let keys = text.split { $0 == separator || separator == "\n" && $0.isNewline }
            .map { String(trim($0)) }.filter { !$0.isEmpty }
        guard !keys.isEmpty else {
            throw ValidationError("--api-keys names no key; leave it out to accept every key.")
        }
        return Set(keys)
    }

    private static func trim(_ key: Substring) -> Substring {
        var key = key.drop(while: \.isWhitespace)
        while key.last?.isWhitespace ?? false { key.removeLast() }
        return key
    }

    /// The text of a file; nil where it can't be read, and `errno` says why.
    static func contents(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return OpenFile.bytes(of: descriptor).map { String(decoding: $0, as: UTF8.self) }
    }
}
