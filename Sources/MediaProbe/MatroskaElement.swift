// SPDX-License-Identifier: Apache-2.0

/// The elements of Matroska (RFC 9559, 5.1) that say something of use here, by their ids.
enum MatroskaElement: UInt32, Sendable {
    case header = 0x1A45_DFA3
    case docType = 0x4282
    case segment = 0x1853_8067
    // Of the whole.
    case info = 0x1549_A966
    case timestampScale = 0x2AD7B1
    case duration = 0x4489
    // Tracks.
    case tracks = 0x1654_AE6B
    case trackEntry = 0xAE
    case trackNumber = 0xD7
    case trackType = 0x83
    case defaultDuration = 0x23E383
    case codec = 0x86
    case video = 0xE0
    case pixelWidth = 0xB0
    case pixelHeight = 0xBA
    // Sound and pictures.
    case cluster = 0x1F43_B675
    case timestamp = 0xE7
    case simpleBlock = 0xA3
    case blockGroup = 0xA0
    case block = 0xA1
    case blockDuration = 0x9B

    /// The only element inside which this one is looked at; nil for those of the file itself. So the depth is
    /// bounded.
    var parent: MatroskaElement? {
        switch self {
        case .header, .segment: nil
        case .docType: .header
        case .info, .tracks, .cluster: .segment
        case .timestampScale, .duration: .info
        case .trackEntry: .tracks
        case .trackNumber, .trackType, .defaultDuration, .codec, .video: .trackEntry
        case .pixelWidth, .pixelHeight: .video
        case .timestamp, .simpleBlock, .blockGroup: .cluster
        case .block, .blockDuration: .blockGroup
        }
    }

    /// Whether it holds elements of use.
    var isContainer: Bool {
        switch self {
        case .header, .segment, .info, .tracks, .trackEntry, .video, .cluster, .blockGroup: true
        default: false
        }
    }

    /// Whether it ends a container that doesn't tell its own size (RFC 8794, 6.2).
    func ends(_ container: MatroskaElement) -> Bool {
        switch self {
        case .header, .segment: true
        default: parent == .segment && container != .segment
        }
    }
}
