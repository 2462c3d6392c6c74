// SPDX-License-Identifier: Apache-2.0

/// The places that answers may look otherwise at: JSON Pointers (RFC 6901) of bodies, with all that is inside, and names of
/// header fields.
public struct IgnoredDrift: Sendable {
    private let pointers: [[Substring]]
    /// In lower case.
    private let headers: Set<String>

    public init() {
        (pointers, headers) = ([], [])
    }

    /// - Parameter places: a pointer begins with `/`; `*` is any name and any index. In arrays a number is any index, too: of
    ///   their elements what all look like is compared.
    /// - Returns: nil where one is neither pointer nor name.
    public init?(_ places: [String]) {
        guard places.allSatisfy(IgnoredDrift.isPlace) else { return nil }
        pointers = places.filter { $0.hasPrefix("/") }.map(IgnoredDrift.steps)
        headers = Set(places.filter { !$0.hasPrefix("/") }.map { $0.lowercased() })
    }

    private static func isPlace(_ text: String) -> Bool {
        text.hasPrefix("/") || !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F }
    }

    private static func steps(of pointer: String) -> [Substring] {
        pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(\.self)
    }

    func includes(_ finding: DriftFinding) -> Bool {
        switch finding.kind {
        case .changedStatus, .changedBody: return false
        case .newHeader, .vanishedHeader, .changedHeader: return headers.contains(finding.place)
        case .changedType, .newField, .vanishedField, .newValue:
            let place = IgnoredDrift.steps(of: finding.place)
            return pointers.contains { pointer in
                pointer.count <= place.count && zip(pointer, place).allSatisfy(IgnoredDrift.fits)
            }
        }
    }

    private static func fits(_ wanted: Substring, _ found: Substring) -> Bool {
        wanted == found || wanted == "*" || found == "*" && Int(wanted) != nil
    }
}
