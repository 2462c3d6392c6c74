// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Takes a multipart/related body apart as it arrives (CORE 2.7): keeps its first part, the metadata, and passes on the
/// bytes of its second, the content. What follows is read over.
///
/// Clients write it in many ways, so line breaks may be bare line feeds, and content may be in base64, as Dart's client
/// and pages with a FileReader send it.
struct MultipartReader {
    /// Why a body can't be used.
    enum Problem: Equatable, Sendable {
        /// The body ends before the second part does.
        case unfinished
        /// The last delimiter comes before the second part.
        case missingPart
        /// Too much stands before the first delimiter.
        case preambleTooLong
        case headTooLong
        case metadataTooLong
        /// The second part says that it is base64, and isn't.
        case notBase64
    }

    private enum Phase {
        case preamble
        case metadataHead
        case metadata
        case contentHead
        case content
        case ended
        case failed(Problem)
    }

    static let mostMetadata = 1 << 20
    static let mostHead = 16 << 10
    static let mostPreamble = 64 << 10

    /// The first part. It is complete when content is given out.
    private(set) var metadata: [UInt8] = []
    /// The type of the second part, if it tells one.
    private(set) var contentType: String?
    private var phase = Phase.preamble
    private var scanner: DelimiterScanner
    private var head = MultipartHead()
    private var preambleLength = 0
    /// Where the second part is in base64.
    private var base64: Base64Stream?

    /// - Parameter contentType: that of the whole body.
    /// - Returns: nil where it isn't multipart or tells no usable boundary.
    init?(contentType: String) {
        guard let boundary = MultipartBoundary.find(in: contentType) else { return nil }
        scanner = DelimiterScanner(boundary: boundary)
    }

    /// What is wrong, once the body has ended; before that, what is already known to be.
    var problem: Problem? {
        switch phase {
        case .failed(let problem): problem
        case .ended: base64?.mayEnd == false ? .notBase64 : nil
        default: base64?.isMalformed ?? false ? .notBase64 : .unfinished
        }
    }

    /// Whether what can still come is of no use.
    var isOver: Bool {
        if case .ended = phase { return true }
        return hasFailed
    }

    /// Whether nothing that can still come makes the body usable.
    var hasFailed: Bool {
        if case .failed = phase { return true }
        return base64?.isMalformed ?? false
    }

    /// Reads all of `bytes`.
    ///
    /// - Parameter content: gets the bytes of the second part. They last only as long as the call.
    mutating func consume(_ bytes: UnsafeRawBufferPointer, _ content: (UnsafeRawBufferPointer) -> Void) {
        var rest = bytes
        while !rest.isEmpty { advance(&rest, content) }
    }

    private mutating func advance(
        _ rest: inout UnsafeRawBufferPointer, _ content: (UnsafeRawBufferPointer) -> Void
    ) {
        switch phase {
        case .ended, .failed: rest = UnsafeRawBufferPointer(start: nil, count: 0)
        case .metadataHead, .contentHead: readHead(&rest)
        case .preamble, .metadata, .content:
            switch scanner.next(&rest) {
            case .bytes(let bytes): pass(bytes, content)
            case .held(let held): held.withUnsafeBytes { pass($0, content) }
            case .delimiter: endPart()
            case .lastDelimiter: endBody()
            case nil: break
            }
        }
    }

    private mutating func readHead(_ rest: inout UnsafeRawBufferPointer) {
        let isOver = head.consume(&rest)
        guard head.length <= MultipartReader.mostHead else {
            phase = .failed(.headTooLong)
            return
        }
        guard isOver else { return }
        if case .contentHead = phase {
            contentType = head["content-type"]
            if head["content-transfer-encoding"]?.lowercased() == "base64" { base64 = Base64Stream() }
            phase = .content
        } else {
            phase = .metadata
        }
        head = MultipartHead()
        scanner.beginPart()
    }

    private mutating func pass(
        _ bytes: UnsafeRawBufferPointer, _ content: (UnsafeRawBufferPointer) -> Void
    ) {
        switch phase {
        case .metadata where metadata.count + bytes.count > MultipartReader.mostMetadata:
            phase = .failed(.metadataTooLong)
        case .metadata: metadata += bytes
        case .content:
            if base64 == nil { content(bytes) } else { base64?.consume(bytes, content) }
        default:
            // What stands before the first delimiter is for nobody.
            preambleLength += bytes.count
            if preambleLength > MultipartReader.mostPreamble { phase = .failed(.preambleTooLong) }
        }
    }

    private mutating func endPart() {
        switch phase {
        case .preamble: phase = .metadataHead
        case .metadata: phase = .contentHead
        default: phase = .ended
        }
    }

    private mutating func endBody() {
        if case .content = phase { phase = .ended } else { phase = .failed(.missingPart) }
    }
}
