// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ContentAnswer {
    /// At what a broken client chokes; nil where it doesn't.
    static func problem(_ chunk: JSON, _ flaws: Set<Flaw>) -> String? {
        let candidate = chunk["candidates"]?.list.first
        let content = candidate?["content"]
        let parts = content?["parts"]
        if flaws.contains(.wantsKnownWords), "\(chunk)".contains("SOMETHING_NEW") {
            return "a word that is unknown"
        }
        if flaws.contains(.wantsKnownMembers), "\(chunk)".contains("hologram") {
            return "a member that is unknown"
        }
        if flaws.contains(.wantsText), parts?.list.contains(where: { $0["text"] == nil }) == true {
            return "a part without a text"
        }
        if flaws.contains(.wantsContent), candidate != nil, content == nil { return "no content" }
        if flaws.contains(.wantsParts), content != nil, parts == nil { return "no parts" }
        if flaws.contains(.wantsArguments) {
            let calls = parts?.list.compactMap { $0["functionCall"] } ?? []
            if calls.contains(where: { $0["args"] == nil }) { return "a call without arguments" }
        }
        if flaws.contains(.nullIsValue), candidate?["safetyRatings"] == .null {
            return "ratings that are no list"
        }
        return nil
    }

    /// A part whose function call has lost its id.
    static func withoutID(_ part: JSON) -> JSON {
        guard case .object(let members)? = part["functionCall"] else { return part }
        return ["functionCall": .object(members.filter { $0.name != "id" })]
    }
}
