// SPDX-License-Identifier: Apache-2.0

/// What the objects of a PDF file have told of its pages so far (ISO 32000-1, 7.7.3).
struct PDFPageTree: Sendable {
    /// Pages whose objects are told apart, when a file was changed by appending new versions of them.
    private static let mostNumbers = 100_000

    /// Whether there are streams of objects that couldn't be read.
    var hasUnreadObjects = false
    private var object = Object()
    private var numbers: Set<Int> = []
    private var pagesWithoutNumber = 0
    /// What the newest root of the tree says.
    private var root: Int?
    /// The largest number of pages in a branch of the tree, and the largest count of anything.
    private var largestBranch: Int?
    private var largestCount: Int?
    /// What a file says that is arranged for the web (annex F.3.3).
    private var linearized: Int?

    private var key: PDFToken.Name?
    /// The two integers before this token.
    private var integers: (Int?, Int?)

    private struct Object: Sendable {
        var number: Int?
        var kind: PDFToken.Name?
        var hasParent = false
        var isCompressed = false
        var isLinearized = false
        var count: Int?
        var n: Int?
    }

    /// Whether the current object is a stream that holds objects, and whether that is compressed in the usual
    /// way.
    var objects: (isStream: Bool, isCompressed: Bool) { (object.kind == .objectStream, object.isCompressed) }

    /// The next token.
    mutating func take(_ meaning: PDFToken.Meaning) {
        switch meaning {
        case .integer(let value): take(value)
        case .name(let name): take(name)
        case .word(let word): take(word)
        case .other: (key, integers) = (nil, (nil, nil))
        }
    }

    private mutating func take(_ value: Int) {
        // A second integer makes it a reference, as in `/Count 12 0 R`, which tells nothing.
        let direct = integers.1 == nil ? value : nil
        switch key {
        case .count: object.count = direct
        case .n: object.n = direct
        default: break
        }
        if direct == nil { key = nil }
        integers = (integers.1, value)
    }

    private mutating func take(_ name: PDFToken.Name) {
        integers = (nil, nil)
        if key == .type {
            key = nil
            switch name {
            case .page, .pages, .objectStream: object.kind = object.kind ?? name
            default: break
            }
            return
        }
        key = name
        switch name {
        case .parent: object.hasParent = true
        case .flate: object.isCompressed = true
        case .linearized: object.isLinearized = true
        default: break
        }
    }

    private mutating func take(_ word: PDFToken.Word) {
        switch word {
        case .object:
            let number = integers.1 == nil ? nil : integers.0
            endObject()
            object.number = number
        case .endOfObject: endObject()
        case .stream, .reference: break
        }
        (key, integers) = (nil, (nil, nil))
    }

    /// The current object ends.
    mutating func endObject() {
        switch object.kind {
        case .page: addPage()
        case .pages:
            guard let count = object.count else { break }
            if !object.hasParent { root = count }
            largestBranch = max(largestBranch ?? 0, count)
        default:
            if object.isLinearized { linearized = object.n }
            if let count = object.count { largestCount = max(largestCount ?? 0, count) }
        }
        object = Object()
        (key, integers) = (nil, (nil, nil))
    }

    private mutating func addPage() {
        if let number = object.number, numbers.count < Self.mostNumbers {
            numbers.insert(number)
        } else {
            pagesWithoutNumber += 1
        }
    }

    /// How many pages the file has; 1 where nothing says it.
    ///
    /// - Parameter total: its bytes. Counts beyond that are nonsense.
    func pages(total: Int) -> Int {
        let seen = numbers.count + pagesWithoutNumber
        let (root, linearized) = (
            root.flatMap { $0 <= total ? $0 : nil }, linearized.flatMap { $0 <= total ? $0 : nil }
        )
        if hasUnreadObjects || seen == 0 {
            // Outlines and other lists have counts too, so that of anything is the last resort.
            let told = root ?? linearized ?? largestBranch ?? (seen > 0 ? seen : largestCount ?? 1)
            return max(seen, told <= total ? told : 1)
        }
        // Pages that were deleted or replaced may still be there; those of a cut file may not.
        return root.map { $0 > 0 ? min($0, seen) : seen } ?? seen
    }
}
