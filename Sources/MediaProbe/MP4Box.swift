// SPDX-License-Identifier: Apache-2.0

/// The boxes of ISO/IEC 14496-12 (and of QuickTime, where they are called atoms) that say something of use
/// here. The value is the four characters, big-endian.
enum MP4Box: UInt32, Sendable {
    // The file.
    case ftyp = 0x6674_7970
    case styp = 0x7374_7970
    case moov = 0x6D6F_6F76
    case moof = 0x6D6F_6F66
    case sidx = 0x7369_6478
    case mdat = 0x6D64_6174
    // The film.
    case mvhd = 0x6D76_6864
    case trak = 0x7472_616B
    case mvex = 0x6D76_6578
    case mehd = 0x6D65_6864
    case trex = 0x7472_6578
    // A track.
    case tkhd = 0x746B_6864
    case mdia = 0x6D64_6961
    case mdhd = 0x6D64_6864
    case hdlr = 0x6864_6C72
    case minf = 0x6D69_6E66
    case stbl = 0x7374_626C
    case stsd = 0x7374_7364
    case stts = 0x7374_7473
    // A fragment.
    case traf = 0x7472_6166
    case tfhd = 0x7466_6864
    case trun = 0x7472_756E
    // A picture (ISO/IEC 23008-12).
    case meta = 0x6D65_7461
    case iprp = 0x6970_7270
    case ipco = 0x6970_636F
    case ispe = 0x6973_7065

    /// The only box inside which this one is looked at; nil for those of the file itself. So the depth is
    /// bounded.
    var parent: MP4Box? {
        switch self {
        case .ftyp, .styp, .moov, .moof, .sidx, .mdat, .meta: nil
        case .mvhd, .trak, .mvex: .moov
        case .mehd, .trex: .mvex
        case .tkhd, .mdia: .trak
        case .mdhd, .hdlr, .minf: .mdia
        case .stbl: .minf
        case .stsd, .stts: .stbl
        case .traf: .moof
        case .tfhd, .trun: .traf
        case .iprp: .meta
        case .ipco: .iprp
        case .ispe: .ipco
        }
    }

    /// Bytes of content that come before the boxes inside it; nil for boxes that hold no boxes of use.
    var bytesBeforeChildren: Int? {
        switch self {
        case .moov, .trak, .mdia, .minf, .stbl, .mvex, .moof, .traf, .iprp, .ipco: 0
        case .meta: 4
        default: nil
        }
    }
}
