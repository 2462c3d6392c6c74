// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Work on a long list that several threads share, each a part of the list.
package enum ParallelParts {
    /// For fewer elements a thread costs more than it saves.
    package static let leastLength = 256
    /// More threads than that wait for memory rather than work.
    private static let mostParts = 4

    /// - Parameters:
    ///   - count: how many elements there are.
    ///   - body: does a part of the work; on several threads at once.
    /// - Returns: what `body` gave for each part, in their order; together they are the whole list.
    package static func map<Result: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Range<Int>) -> Result
    ) -> [Result] {
        let processors = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let parts = max(1, min(processors, mostParts, count / leastLength))
        let bounds = (0...parts).map { count * $0 / parts }
        let others = Monitor([Result?](repeating: nil, count: parts))
        let threads = (1..<parts).map { part in
            WorkerThread {
                let result = body(bounds[part]..<bounds[part + 1])
                others.withLock { $0[part] = result }
            }
        }
        let first = body(bounds[0]..<bounds[1])
        for thread in threads { thread.join() }
        return [first] + others.withLock { $0.compactMap(\.self) }
    }
}
