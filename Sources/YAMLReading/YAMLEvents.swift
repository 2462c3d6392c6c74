// SPDX-License-Identifier: Apache-2.0

import CYAML
import HTTPWire

/// What libyaml finds in a text, one thing after another. The text must outlive it.
public final class YAMLEvents {
    public struct Event {
        public let content: Content
        public let place: TextPlace
        public var anchor: String?
        /// With its whole name, such as `tag:yaml.org,2002:binary`.
        public var tag: String?
    }

    public enum Content {
        case streamStart, streamEnd, documentStart, documentEnd
        case scalar(String, isPlain: Bool)
        case listStart, mapStart
        /// Of a list or a map.
        case end
        case alias(String)
    }

    /// Why the text is no YAML.
    public struct Failure: Error {
        public let place: TextPlace
        public let message: String
    }

    /// On the heap: libyaml keeps pointers into it.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeBufferPointer<UInt8>
    private let pairs: SurrogatePairs
    private let isReady: Bool

    /// - Parameter pairs: what the text was made from; places are told as there.
    public init(_ text: UnsafeBufferPointer<UInt8>, _ pairs: SurrogatePairs) {
        self.text = text
        self.pairs = pairs
        parser = .allocate(capacity: 1)
        isReady = yaml_parser_initialize(parser) == 1
        guard isReady else { return }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        if isReady { yaml_parser_delete(parser) }
        parser.deallocate()
    }

    public func next() throws(Failure) -> Event {
        guard isReady else { throw Failure(place: .start, message: "there is no memory left to read it") }
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
        defer { yaml_event_delete(&event) }
        let place = self.place(event.start_mark)
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: return Event(content: .documentStart, place: place)
        case YAML_DOCUMENT_END_EVENT: return Event(content: .documentEnd, place: place)
        case YAML_ALIAS_EVENT:
            return Event(content: .alias(YAMLEvents.name(event.data.alias.anchor) ?? ""), place: place)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let content = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return Event(
                content: .scalar(
                    String(decoding: content, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE
                ),
                place: place, anchor: YAMLEvents.name(scalar.anchor), tag: YAMLEvents.name(scalar.tag)
            )
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return Event(
                content: .listStart, place: place, anchor: YAMLEvents.name(start.anchor),
                tag: YAMLEvents.name(start.tag))
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return Event(
                content: .mapStart, place: place, anchor: YAMLEvents.name(start.anchor),
                tag: YAMLEvents.name(start.tag))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return Event(content: .end, place: place)
        case YAML_STREAM_START_EVENT: return Event(content: .streamStart, place: place)
        // Past the end libyaml gives events of no type.
        default: return Event(content: .streamEnd, place: place)
        }
    }

    private static func name(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        text.map { String(cString: $0) }
    }

    private func place(_ mark: yaml_mark_t) -> TextPlace {
        pairs.original(TextPlace(line: mark.line + 1, column: mark.column + 1))
    }

    private var failure: Failure {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it can't be read"
        if parser.pointee.error == YAML_READER_ERROR {
            let offset = min(Int(parser.pointee.problem_offset), text.count)
            return Failure(place: placeOfByte(offset), message: "not readable as UTF-8 text: \(problem)")
        }
        let place = self.place(parser.pointee.problem_mark)
        // The commonest one by far, in words that help.
        if problem == "found character that cannot start any token",
            isTab(at: parser.pointee.problem_mark.index)
        {
            return Failure(place: place, message: "a tab can't indent in YAML: use blanks")
        }
        // In JSON pairs of them are no problem (SurrogatePairs).
        if problem == "found invalid Unicode character escape code" {
            let message =
                #"\uD800 to \uDFFF can't be used here: write the character itself, or \U0001F600"#
            return Failure(place: place, message: message)
        }
        return Failure(place: place, message: "not readable as YAML: \(problem)")
    }

    /// libyaml counts characters where it tells an index.
    private func isTab(at index: Int) -> Bool {
        var seen = -1
        for byte in text where byte & 0xC0 != 0x80 {
            seen += 1
            if seen == index { return byte == UInt8(ascii: "\t") }
        }
        return false
    }

    /// libyaml's reader tells the offset in bytes alone.
    private func placeOfByte(_ offset: Int) -> TextPlace {
        var (line, column) = (1, 1)
        for byte in text[..<offset] {
            if byte == UInt8(ascii: "\n") {
                (line, column) = (line + 1, 1)
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return TextPlace(line: line, column: column)
    }
}
