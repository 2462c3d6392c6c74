// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files that get shorter under a client's hands, once its first request is there.
final class ShrinkingFiles: Sendable {
    private let files: [(path: String, size: Int)]
    private let isOver = Monitor(false)

    /// - Parameters:
    ///   - paths: where the case's files are, by their names.
    ///   - log: what has passed so far.
    init(
        _ conformanceCase: ConformanceCase, _ paths: [String: String],
        log: @escaping @Sendable () -> WireLog
    ) {
        files = conformanceCase.files.compactMap { file in
            guard let size = file.shrinksTo, let path = paths[file.name] else { return nil }
            return (path, size)
        }
        guard !files.isEmpty else { return }
        _ = WorkerThread.detach { [self] in
            while !isOver.withLock({ $0 }) {
                if !log().exchanges.isEmpty {
                    for file in files { truncate(file.path, off_t(file.size)) }
                    return
                }
                usleep(2000)
            }
        }
    }

    /// The client has ended.
    func end() { isOver.withLock { $0 = true } }
}
