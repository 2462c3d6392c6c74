// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Where members go that are told instead of those that were counted.
struct MemberOverrides: Sendable {
    /// Every member that can stand in the object, in the order in which they are sent.
    let order: [String]
    /// The count that is the sum of others.
    let total: String
    let summands: [String]

    /// The members with others in their places: one that wasn't there goes where it would stand, one that nobody knows to
    /// the end. The total follows its summands, unless it is told itself.
    func applied(_ overrides: [JSON.Member], to members: [JSON.Member]) -> [JSON.Member] {
        var merged = members
        for override in overrides {
            if let at = merged.firstIndex(where: { $0.name == override.name }) {
                merged[at] = override
            } else {
                merged.insert(override, at: place(of: override.name, in: merged))
            }
        }
        let isSumTold = overrides.contains { $0.name == total }
        guard !isSumTold, overrides.contains(where: { summands.contains($0.name) }),
            let at = merged.firstIndex(where: { $0.name == total })
        else { return merged }
        merged[at] = JSON.Member(total, .int(sum(of: merged)))
        return merged
    }

    /// The same, of an object that is written out.
    func applied(_ overrides: [JSON.Member], to write: (inout JSONWriter) -> Void) -> JSON {
        var writer = JSONWriter(.compact)
        write(&writer)
        let written = try? JSONDocument(parsing: writer.bytes).root
        let members = written?.members.map { JSON.Member($0.name, JSON($0.value)) } ?? []
        return .object(applied(overrides, to: members))
    }

    /// Before the first member that comes later in the order.
    private func place(of name: String, in members: [JSON.Member]) -> Int {
        guard let rank = order.firstIndex(of: name) else { return members.count }
        let later = order[(rank + 1)...]
        return members.firstIndex { later.contains($0.name) } ?? members.count
    }

    /// What is no whole number counts nothing; what is too much is the largest number.
    private func sum(of members: [JSON.Member]) -> Int {
        members.reduce(0) { sum, member in
            guard summands.contains(member.name), case .int(let count) = member.value else { return sum }
            let (next, isTooMuch) = sum.addingReportingOverflow(count)
            return isTooMuch ? .max : next
        }
    }
}
