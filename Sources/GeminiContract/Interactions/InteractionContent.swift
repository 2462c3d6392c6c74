// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One content of an input: a text, or a medium inline or by its address (INTERACTIONS 2).
struct InteractionContent {
    private let view: JSONView

    /// - Parameter view: an object, or a text alone.
    init(_ view: JSONView) {
        self.view = view
    }

    private var isText: Bool { view.kind == .string || view["type"]?.string == "text" }

    /// The content as a part.
    ///
    /// - Throws: `APIError` where the base64 is none.
    func part(at place: @autoclosure () -> InteractionPlace, isEarlier: Bool) throws(APIError) -> Part {
        if isText {
            if view.kind == .string { return Part(.text(view)) }
            return Part(view["text"].map { .text($0) } ?? .none)
        }
        guard !isEarlier else { return Part(.none) }
        let piece = view["processing"].flatMap { $0.kind == .object ? VideoMetadata($0) : nil }
        let type = view["mime_type"]?.string ?? ""
        if let uri = view["uri"]?.string {
            let file = FileReference(
                uri: uri, mimeType: type, modality: modality(of: type), position: view.position)
            return Part(.fileData(file), videoMetadata: piece)
        }
        let data = view["data"]
        let blob = Blob(
            mimeType: type, modality: modality(of: type), base64: data, position: view.position)
        guard !blob.isBroken else {
            throw .invalidValues([.base64(data?.string ?? "", at: "\(place().path).data")])
        }
        return Part(.inlineData(blob), videoMetadata: piece)
    }

    /// The kind of content tells as what it is counted; a type needn't be there, and more of them are taken than
    /// generateContent takes.
    private func modality(of type: String) -> Modality {
        switch view["type"]?.string {
        case "audio": .audio
        case "image": .image
        case "video": .video
        default: type.lowercased().hasPrefix("text/") ? .text : .document
        }
    }

    /// Whether it is a medium.
    var isMedium: Bool { !isText && (view["uri"]?.string ?? view["data"]?.string) != nil }

    /// - Throws: `APIError` where a medium is neither there nor has an address that can be one.
    func checkSource() throws(APIError) {
        guard !isText, view.kind == .object else { return }
        guard let uri = view["uri"]?.string else {
            if view["data"]?.string == nil { throw .invalidInteraction }
            return
        }
        guard InteractionContent.isAddress(uri) else { throw .fileURI(uri) }
    }

    /// A full URL; neither `files/x` nor one with blanks around it (seen).
    private static func isAddress(_ uri: String) -> Bool {
        for scheme in ["https://", "http://", "gs://"] where uri.utf8.starts(with: scheme.utf8) {
            let rest = uri.utf8.dropFirst(scheme.utf8.count)
            return !rest.isEmpty && rest.allSatisfy { $0 > 0x20 && $0 != 0x7F }
        }
        return false
    }

    /// Longer data are left out of what is kept or counted as words.
    private static let longestData = 4096

    /// A copy without the bytes of media in it.
    static func withoutData(_ view: JSONView) -> JSON {
        switch view.kind {
        case .object:
            .object(
                view.members.compactMap { member in
                    member.isNamed("data") && member.value.rawStringLength > longestData
                        ? nil : JSON.Member(member.name, withoutData(member.value))
                }
            )
        case .array: .array(view.elements.map { withoutData($0) })
        default: JSON(view)
        }
    }
}
