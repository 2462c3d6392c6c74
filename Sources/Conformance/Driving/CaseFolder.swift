// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder of its own for one run of a case, with the files that the case asks for. Removed with all that is in it.
struct CaseFolder {
    let path: String
    private(set) var paths: [String: String] = [:]

    struct Failure: Error {
        let description: String
    }

    init(_ conformanceCase: ConformanceCase, in parent: String) throws(Failure) {
        var template = Array("\(parent)/gemini-mock-\(conformanceCase.id)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CaseFolder.failure("make a folder in \(parent)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        ClientSignals.made(path)
        for file in conformanceCase.files {
            let filePath = "\(path)/\(file.fileName)"
            do {
                try CaseFolder.write(file, to: filePath)
            } catch {
                remove()
                throw error
            }
            paths[file.name] = filePath
        }
    }

    /// Whatever a client has put there goes, too; what is in folders that it has made stays.
    func remove() {
        CaseFolder.remove(path)
        ClientSignals.removed(path)
    }

    static func remove(_ path: String) {
        if let stream = opendir(path) {
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
                }
                if name != ".", name != ".." { unlink("\(path)/\(name)") }
            }
            closedir(stream)
        }
        rmdir(path)
    }

    private static func write(_ file: ConformanceCase.TaskFile, to path: String) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("write \(path)") }
        defer { close(descriptor) }
        guard let content = file.content, !content.isEmpty else {
            guard ftruncate(descriptor, off_t(file.size)) == 0 else { throw failure("write \(path)") }
            return
        }
        let repeats = max(1, 65_536 / content.count)
        let block = Array(repeatElement(content, count: repeats).joined())
        var left = file.size
        while left > 0 {
            let count = min(left, block.count)
            let isWritten = block.withUnsafeBytes { block in
                OpenFile.write(UnsafeRawBufferPointer(rebasing: block[..<count]), to: descriptor)
            }
            guard isWritten else { throw failure("write \(path)") }
            left -= count
        }
    }

    private static func failure(_ what: String) -> Failure {
        Failure(description: "can't \(what): \(String(cString: strerror(errno)))")
    }
}
