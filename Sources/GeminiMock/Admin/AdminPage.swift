// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Which part of a list a call asks for: `pageSize` and `pageToken`.
struct AdminPage {
    static let usual = 100
    static let largest = 1000

    let size: Int
    /// What the page before ended with; nil for the first page.
    let token: String?

    /// - Throws: `AdminError` for a size that can't be.
    init(_ call: AdminCall) throws(AdminError) {
        token = try call.text("pageToken")
        size = try call.int("pageSize", 1...AdminPage.largest) ?? AdminPage.usual
    }

    /// The token as a number.
    ///
    /// - Throws: `AdminError` for a token that no list has given.
    func number() throws(AdminError) -> Int? {
        guard let token else { return nil }
        guard let number = Int(token), number > 0 else {
            throw .badRequest("No list has given the pageToken \(LogText.plain(token)).")
        }
        return number
    }

    /// A list with what leads to its next page.
    static func json(_ name: String, _ elements: [JSON], next: String?) -> JSON {
        .object(
            [JSON.Member(name, .array(elements))]
                + (next.map { [JSON.Member("nextPageToken", .string($0))] } ?? []))
    }
}
