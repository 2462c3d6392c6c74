// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The places of a body that may differ: JSON Pointers (RFC 6901), `*` for any one name or index. A walk through a body
/// keeps the pointers that still fit.
struct IgnoredPlaces: Sendable {
    /// A pointer, and how many of its steps the walk has gone.
    struct Trail: Sendable {
        fileprivate let pointer: Int
        fileprivate let depth: Int
    }

    /// The steps of each, in the API's own spelling.
    private let pointers: [[String]]

    init(_ pointers: [String]) {
        self.pointers = pointers.map { pointer in
            pointer.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst()
                .map { FieldName.canonical(IgnoredPlaces.unescaped(String(decoding: $0, as: UTF8.self))) }
        }
    }

    /// Whether all of the body may differ.
    var includesAll: Bool { pointers.contains(where: \.isEmpty) }

    /// At the top of a body.
    var start: [Trail] { pointers.indices.map { Trail(pointer: $0, depth: 0) } }

    /// One step further: to a member, or to an element by its index.
    ///
    /// - Returns: nil where what is there may differ.
    func step(_ trails: [Trail], to name: @autoclosure () -> String) -> [Trail]? {
        guard !trails.isEmpty else { return [] }
        let name = FieldName.canonical(name())
        var next: [Trail] = []
        for trail in trails {
            let steps = pointers[trail.pointer]
            guard trail.depth < steps.count, steps[trail.depth] == "*" || steps[trail.depth] == name else {
                continue
            }
            if trail.depth + 1 == steps.count { return nil }
            next.append(Trail(pointer: trail.pointer, depth: trail.depth + 1))
        }
        return next
    }

    /// Whether a place, or one that it is in, may differ.
    ///
    /// - Parameter pointer: an RFC 6901 one.
    func includes(_ pointer: String) -> Bool {
        if includesAll { return true }
        var trails = start
        for step in pointer.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .dropFirst()
        {
            let name = IgnoredPlaces.unescaped(String(decoding: step, as: UTF8.self))
            guard let next = self.step(trails, to: name) else { return true }
            trails = next
        }
        return false
    }

    private static func unescaped(_ step: String) -> String {
        guard step.utf8.contains(UInt8(ascii: "~")) else { return step }
        var (text, isTilde) = ("", false)
        for character in step.unicodeScalars {
            switch (isTilde, character) {
            case (false, "~"):
                isTilde = true
                continue
            case (true, "0"): text += "~"
            case (true, "1"): text += "/"
            case (true, _): text += "~\(character)"
            default: text.unicodeScalars.append(character)
            }
            isTilde = false
        }
        return isTilde ? text + "~" : text
    }
}
