// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// What becomes of an answer's plan: faults in the order of the file, then waits and writes, then the framing.
public struct WireScript: Sendable, Equatable {
    let options: WireOptions?
    /// Those that are armed now.
    let faults: [FaultSetting]
    /// Of this use of the reply.
    let seed: UInt64

    /// The faults that strike this answer, as scenario files call them, in the order in which they do.
    public var faultNames: [String] { faults.map(\.name) }

    /// The same, and then these.
    func adding(_ more: [FaultSetting]) -> WireScript {
        more.isEmpty ? self : WireScript(options: options, faults: faults + more, seed: seed)
    }

    /// What goes wrong already while a request of an upload is received and carried out; nil where nothing does.
    public var trouble: UploadTrouble? {
        var trouble = UploadTrouble(bytesPerSecond: options?.uploadBytesPerSecond)
        for setting in faults {
            FaultTable.entry(named: setting.name)?.make(setting.options).add(to: &trouble)
        }
        return trouble == UploadTrouble() ? nil : trouble
    }

    /// - Parameter head: of the request that the plan answers.
    public func applied(to plan: ResponsePlan, for head: RequestHead) -> ResponsePlan {
        var wire = WirePlan(plan)
        for setting in faults {
            FaultTable.entry(named: setting.name)?.make(setting.options).apply(to: &wire)
        }
        if let options {
            var timing = WireTiming(options, seed: seed)
            timing.apply(to: &wire.plan)
        }
        return wire.framed(for: head)
    }
}
