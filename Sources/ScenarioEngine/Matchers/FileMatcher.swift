// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// A file that the request names or uploads: some one of them must fit all that is said.
struct FileMatcher: Matcher {
    let name = "file"
    private let mimeType: Glob?
    private let size: Bounds<Int>?
    private let sha256: String?
    private let duration: Bounds<Duration>?
    private let seconds: Bounds<Double>?

    /// Half a millisecond: media count in ticks of their own, and an exact length should fit.
    private static let tolerance = 0.0005
    /// More files than a near miss is looked for among.
    private static let mostFiles = 100

    init(_ pattern: FilePattern) {
        mimeType = pattern.mimeType.map { Glob($0.lowercased()) }
        size = pattern.size
        sha256 = pattern.sha256
        duration = pattern.duration
        seconds = pattern.duration.map {
            Bounds<Double>(
                min: $0.min.map { $0.inSeconds - Self.tolerance },
                max: $0.max.map { $0.inSeconds + Self.tolerance })
        }
    }

    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss? {
        let files = request.attachments.files
        return files.contains { fits($0) } ? nil : Miss { details(files) }
    }

    private func fits(_ file: RequestSubject.File) -> Bool {
        if let mimeType, !mimeType.matches(file.mimeType.lowercased()) { return false }
        if let size, !(file.size.map { size.contains($0) } ?? false) { return false }
        if let sha256, file.sha256 != sha256 { return false }
        if let seconds, !(file.seconds.map { seconds.contains($0) } ?? false) { return false }
        return true
    }

    // MARK: - Why not

    private func details(_ files: [RequestSubject.File]) -> Miss.Details {
        let nearest = files.prefix(Self.mostFiles).min { distance($0) < distance($1) }
        return Miss.Details(
            distance: nearest.map { distance($0) } ?? 1, expected: "a file: \(words)",
            got: nearest.map { words($0) } ?? "no file")
    }

    /// The mean over all that is asked for.
    private func distance(_ file: RequestSubject.File) -> Double {
        var distances: [Double] = []
        if let mimeType {
            let type = file.mimeType.lowercased()
            distances.append(mimeType.matches(type) ? 0 : Likeness.distance(mimeType.pattern, type))
        }
        if let size {
            distances.append(file.size.map { size.contains($0) ? 0 : size.distance($0) } ?? 1)
        }
        if let sha256 { distances.append(file.sha256 == sha256 ? 0 : 1) }
        if let seconds {
            distances.append(file.seconds.map { seconds.contains($0) ? 0 : distance($0, seconds) } ?? 1)
        }
        return distances.isEmpty ? 1 : distances.reduce(0, +) / Double(distances.count)
    }

    private func distance(_ value: Double, _ bounds: Bounds<Double>) -> Double {
        if let min = bounds.min, value < min { return Likeness.distance(value, min) }
        return bounds.max.map { Likeness.distance(value, $0) } ?? 1
    }

    /// What is asked for.
    private var words: String {
        let parts = [
            mimeType?.pattern, size.map { $0.words(unit: " bytes") },
            sha256.map { "SHA-256 \($0.prefix(12))…" },
            duration.map { "\($0.words(unit: " s") { Self.words($0.inSeconds) }) long" },
        ]
        let said = parts.compactMap { $0 }
        return said.isEmpty ? "any" : said.joined(separator: ", ")
    }

    /// What a file is, of that.
    private func words(_ file: RequestSubject.File) -> String {
        var parts = [file.mimeType.isEmpty ? "no type" : Quoted.line(file.mimeType, limit: 40)]
        if size != nil { parts.append(file.size.map { "\($0) bytes" } ?? "size not known") }
        if sha256 != nil {
            parts.append(file.sha256.map { "SHA-256 \($0.prefix(12))…" } ?? "SHA-256 not known")
        }
        if seconds != nil {
            parts.append(file.seconds.map { "\(Self.words($0)) s long" } ?? "length not known")
        }
        return parts.joined(separator: ", ")
    }

    /// To the millisecond, without a needless fraction.
    private static func words(_ seconds: Double) -> String {
        let rounded = (seconds * 1000).rounded() / 1000
        return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
    }
}

extension Duration {
    fileprivate var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
