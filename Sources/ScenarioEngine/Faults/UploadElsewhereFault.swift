// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The start of an upload names an address that a client can't make by itself: another name of the same host, and one
/// parameter more, one that every method has (PEERS UPL-01). What is sent there arrives as usual.
struct UploadElsewhereFault: Fault {
    private static let names = ["x-goog-upload-url", "x-goog-upload-control-url"]
    private static let hosts = [
        ("http://127.0.0.1:", "http://localhost:"), ("http://localhost:", "http://127.0.0.1:"),
    ]

    func apply(to plan: inout WirePlan) {
        for index in plan.plan.head.fields.indices {
            let field = plan.plan.head.fields[index]
            guard UploadElsewhereFault.names.contains(field.name.lowercased()) else { continue }
            plan.plan.head.fields[index] = HTTPFields.Field(
                field.name, UploadElsewhereFault.moved(field.value))
        }
    }

    private static func moved(_ address: String) -> String {
        let more = "\(address)&quotaUser=a%2Fb%3D1"
        for (name, other) in hosts where more.hasPrefix(name) { return other + more.dropFirst(name.count) }
        return more
    }
}
