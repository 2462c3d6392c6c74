// SPDX-License-Identifier: Apache-2.0

/// Little-endian bytes of a number.
func makeNumber(_ value: Int, size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

/// A chunk with its header, padded to an even length.
///
/// - Parameter size: what the header says, where it isn't the truth.
func makeChunk(_ tag: String, _ content: [UInt8] = [], size: Int? = nil) -> [UInt8] {
    let padding: [UInt8] = content.count % 2 == 0 ? [] : [0]
    return Array(tag.utf8) + makeNumber(size ?? content.count, size: 4) + content + padding
}

/// A format chunk of PCM.
///
/// - Parameter byteRate: what it says, where it isn't the truth.
func makeFormat(sampleRate: Int = 16_000, channels: Int = 1, bits: Int = 16, byteRate: Int? = nil) -> [UInt8]
{
    let frame = channels * bits / 8
    return makeChunk(
        "fmt ",
        makeNumber(1, size: 2) + makeNumber(channels, size: 2) + makeNumber(sampleRate, size: 4)
            + makeNumber(byteRate ?? sampleRate * frame, size: 4) + makeNumber(frame, size: 2)
            + makeNumber(bits, size: 2)
    )
}

/// A data chunk of silence.
func makeData(bytes: Int = 32_000, size: Int? = nil) -> [UInt8] {
    makeChunk("data", [UInt8](repeating: 0, count: bytes), size: size)
}

/// The 64-bit sizes of RF64: whole file, data, samples, and an empty table.
func makeSizes64(data: Int) -> [UInt8] {
    makeChunk(
        "ds64",
        makeNumber(data &+ 72, size: 8) + makeNumber(data, size: 8) + makeNumber(data / 2, size: 8)
            + makeNumber(0, size: 4)
    )
}

/// A file of chunks.
func makeWAV(_ chunks: [UInt8]..., tag: String = "RIFF", form: String = "WAVE") -> [UInt8] {
    let body = Array(form.utf8) + chunks.flatMap { $0 }
    return Array(tag.utf8) + makeNumber(body.count, size: 4) + body
}
