# SPDX-License-Identifier: Apache-2.0
"""Sounds of known length in each format, made here byte by byte; each function gives the bytes and the seconds.

They are as short as their formats allow, and silent.
"""

import math
import struct
from fractions import Fraction

# CORE 5.2.
TOKENS_A_SECOND = 32
# Each content costs one beside its parts.
TURN = 1


def tokens_of(seconds):
    return math.ceil(seconds * TOKENS_A_SECOND)


def wav_head(data_bytes, rate=8000, bits=8):
    """The 44 bytes before the samples of one channel."""
    width = bits // 8
    return (b"RIFF" + struct.pack("<I", 36 + data_bytes) + b"WAVEfmt "
            + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * width, width, bits)
            + b"data" + struct.pack("<I", data_bytes))


def wav():
    return wav_head(20_000) + b"\x80" * 20_000, Fraction(20_000, 8000)


def mp3():
    # MPEG 1 layer III, 128 kbit/s, 44.1 kHz, mono: 417 bytes and 1152 samples a frame.
    frame = b"\xff\xfb\x90\xc0" + bytes(413)
    return frame * 100, Fraction(100 * 1152, 44_100)


def aiff():
    # The rate is an 80-bit float: 8000 = 0.9765625 × 2^13.
    rate = b"\x40\x0b\xfa\x00\x00\x00\x00\x00\x00\x00"
    common = b"COMM" + struct.pack(">IHIH", 18, 1, 12_000, 16) + rate
    sound = b"SSND" + struct.pack(">III", 8 + 24_000, 0, 0) + bytes(24_000)
    return b"FORM" + struct.pack(">I", 4 + len(common) + len(sound)) + b"AIFF" + common + sound, Fraction(3, 2)


def aac():
    # ADTS without CRC, low complexity, 44.1 kHz, one channel, 1024 samples a frame.
    length = 7 + 20
    head = bytes([0xFF, 0xF1, 0x50, 0x40 | length >> 11, length >> 3 & 0xFF, (length & 7) << 5 | 0x1F, 0xFC])
    return (head + bytes(20)) * 90, Fraction(90 * 1024, 44_100)


def flac():
    # Frames of one constant, 4096 samples of 16 bits at 16 kHz, in one channel.
    rate, frames = 16_000, 10
    packed = rate << 44 | 0 << 41 | 15 << 36 | frames * 4096
    information = struct.pack(">HH", 4096, 4096) + bytes(6) + packed.to_bytes(8, "big") + bytes(16)
    content = b"fLaC\x80" + len(information).to_bytes(3, "big") + information
    for number in range(frames):
        head = bytes([0xFF, 0xF8, 0xC5, 0x08, number])
        frame = head + bytes([checksum(head, 8, 0x07)]) + bytes(3)
        content += frame + checksum(frame, 16, 0x8005).to_bytes(2, "big")
    return content, Fraction(frames * 4096, rate)


def ogg():
    samples, rate = 30_000, 24_000
    identification = b"\x01vorbis" + struct.pack("<IBIIII", 0, 1, rate, 0, 64_000, 0) + b"\xb8\x01"
    comment = b"\x03vorbis" + struct.pack("<II", 0, 0) + b"\x01"
    return (page(2, 0, 0, identification) + page(0, 0, 1, comment) + page(0, 0, 2, b"\x05vorbis" + bytes(20))
            + page(4, samples, 3, bytes(50)), Fraction(samples, rate))


def page(flags, position, number, packet):
    """A page of an Ogg stream with one packet of less than 255 bytes."""
    head = b"OggS" + struct.pack("<BBqII", 0, flags, position, 7, number)
    table = bytes([1, len(packet)])
    check = checksum(head + bytes(4) + table + packet, 32, 0x04C11DB7)
    return head + struct.pack("<I", check) + table + packet


def checksum(content, bits, polynomial):
    """A cyclic redundancy check that begins at 0 and takes the highest bit first."""
    value, top, mask = 0, 1 << bits - 1, (1 << bits) - 1
    for byte in content:
        value ^= byte << bits - 8
        for _ in range(8):
            value = (value << 1 ^ (polynomial if value & top else 0)) & mask
    return value


# The formats of the documentation (CORE 5.3), with the types that it gives them.
SOUNDS = {
    "wav": ("audio/wav", wav), "mp3": ("audio/mp3", mp3), "aiff": ("audio/aiff", aiff),
    "aac": ("audio/aac", aac), "ogg": ("audio/ogg", ogg), "flac": ("audio/flac", flac),
}
