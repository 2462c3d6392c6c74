// SPDX-License-Identifier: Apache-2.0

/// What an MP4 file says it is: the brands of its `ftyp` (ISO/IEC 14496-12, 4.3).
struct MP4Brands: Sendable {
    private var major = ""
    private var others: [String] = []
    private var isKnown = false

    mutating func take(_ content: BoxContent) {
        guard !isKnown, let major = Self.tag(content[0, 4]) else { return }
        isKnown = true
        self.major = major
        // Behind the version of the first come the brands it is compatible with; only the beginning of a long
        // list is here.
        others = stride(from: 8, through: 124, by: 4).compactMap { Self.tag(content[$0, 4]) }
    }

    private static func tag(_ number: UInt64?) -> String? {
        number.map { number in
            String(
                decoding: (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }, as: UTF8.self)
        }
    }

    /// Sound only, whatever pictures it shows beside (covers, chapters).
    var isAudio: Bool { ["M4A ", "M4B ", "M4P ", "F4A ", "F4B "].contains(major) }

    /// Of a film. Without any brand it is QuickTime, which is older than brands.
    var filmType: String {
        if major.hasPrefix("3g") { return "video/3gpp" }
        return major == "qt  " || !isKnown ? "video/quicktime" : "video/mp4"
    }

    /// Of a still picture (ISO/IEC 23008-12, annex B; AVIF 1.1); nil where this is none.
    var pictureType: String? {
        if let type = Self.pictureTypes[major] { return type }
        // "Some picture": what encodes it is among the others.
        guard ["mif1", "msf1"].contains(major) else { return nil }
        return others.lazy.compactMap { Self.pictureTypes[$0] }.first ?? "image/heif"
    }

    private static let pictureTypes = [
        "heic": "image/heic", "heix": "image/heic", "heim": "image/heic", "heis": "image/heic",
        "hevc": "image/heic", "hevx": "image/heic", "avif": "image/avif", "avis": "image/avif",
    ]
}
