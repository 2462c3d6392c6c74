// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A plan on its way through faults and waits: it still has its head, its framing and a write for each event, so that
/// every fault finds what it changes, whatever the ones before it did. What no proper framing can say is kept beside it
/// until the end.
struct WirePlan: Sendable, Equatable {
    var plan: ResponsePlan
    /// What is wrong with the framing; nil where nothing is.
    var flaw: FramingFlaw?
    /// What happens instead of head and body.
    var instead: [WireAction]?

    init(_ plan: ResponsePlan) {
        self.plan = plan
    }

    /// Cuts the body; what is announced stays as it was.
    mutating func cut(at point: WirePoint, then end: [WireAction]) {
        if plan.framing == .length, flaw == nil { flaw = .length(plan.bodyLength) }
        plan.actions = plan.beginning(upTo: point) + end
    }

    /// The middle of the body.
    var middle: WirePoint { .bytes(plan.bodyLength / 2) }

    /// Answers something else, at once.
    mutating func replace(status: Int, _ own: [HTTPFields.Field], body: [UInt8]) {
        let gone = ["content-type", "content-disposition", "x-gemini-service-tier"]
        plan.head.status = status
        plan.head.fields = own + plan.head.fields.filter { !gone.contains($0.name.lowercased()) }
        plan.framing = .length
        plan.actions = body.isEmpty ? [] : [.send(body)]
        flaw = nil
    }
}

/// A place in a body.
enum WirePoint: Sendable, Equatable {
    /// Behind so many events; of a body that is no stream, behind so many writes.
    case events(Int)
    /// Behind so many bytes.
    case bytes(Int)

    var count: Int {
        switch self {
        case .events(let count), .bytes(let count): count
        }
    }
}

/// What a framing says that isn't so.
enum FramingFlaw: Sendable, Equatable {
    /// `Content-Length` tells this.
    case length(Int)
    /// The size of the first chunk from this byte of the body on is no number.
    case badSize(from: Int)
    /// The first chunk from this byte of the body on ends in its middle, and all with it.
    case shortChunk(from: Int)
}
