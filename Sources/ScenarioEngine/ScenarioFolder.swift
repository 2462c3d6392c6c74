// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Scenario files on disk.
enum ScenarioFolder {
    /// Why there is nothing to read.
    struct Failure: Error {
        /// In the system's words, or ours.
        let reason: String

        static var system: Failure { Failure(reason: String(cString: strerror(errno))) }
    }

    /// The file itself; of a folder its scenario files, by name: `.yaml`, `.yml` and `.json`, but for JSON Schemas
    /// (`.schema.json`) and hidden ones. Folders inside aren't looked into.
    static func files(at path: String) throws(Failure) -> [String] {
        guard let folder = opendir(path) else {
            if errno == ENOTDIR { return [path] }
            throw .system
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
                    String(cString: $0)
                }
            }
            if isScenario(name) { names.append(name) }
        }
        guard !names.isEmpty else { throw Failure(reason: "no scenario file is in this folder") }
        return names.sorted().map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }

    static func isScenario(_ name: String) -> Bool {
        let endings = [".yaml", ".yml", ".json"]
        return !name.hasPrefix(".") && !name.hasSuffix(".schema.json")
            && endings.contains { name.hasSuffix($0) }
    }

    /// What the same file has in common under whatever path; nil where it isn't there.
    static func identity(of file: String) -> [UInt64]? {
        var facts = stat()
        guard stat(file, &facts) == 0 else { return nil }
        return [UInt64(truncatingIfNeeded: facts.st_dev), UInt64(facts.st_ino)]
    }

    /// What changes whenever the file does, without reading it; nil where it isn't there.
    static func stamp(of file: String) -> [Int64]? {
        var facts = stat()
        guard stat(file, &facts) == 0 else { return nil }
        #if canImport(Glibc)
            let changed = facts.st_mtim
        #else
            let changed = facts.st_mtimespec
        #endif
        return [Int64(changed.tv_sec), Int64(changed.tv_nsec), Int64(facts.st_size), Int64(facts.st_ino)]
    }

    /// - Parameter limit: one byte more than this is read at most, so that too large a file can be told.
    static func bytes(of file: String, limit: Int) throws(Failure) -> [UInt8] {
        // A named pipe that nobody writes to must not be waited for: whoever starts a server holds its signals back by then.
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system }
        defer { close(descriptor) }
        // What somebody writes to is read to its end.
        _ = fcntl(descriptor, F_SETFL, 0)
        guard let bytes = OpenFile.bytes(of: descriptor, atMost: limit) else { throw .system }
        return bytes
    }
}
