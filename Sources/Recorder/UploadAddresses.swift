// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Leads clients that were told where to send an upload's bytes back to us (CORE 2.2), and knows where the upstream meant.
final class UploadAddresses: Sendable {
    /// The fields that tell it; the second one is the same as the first (CORE 2.2, seen).
    private static let names: Set<String> = ["x-goog-upload-url", "x-goog-upload-control-url"]
    /// How many are known that are on other hosts than the upstream's; more of them make the oldest ones forgotten.
    private static let most = 4096

    private struct State {
        /// The upstream's URL by our target.
        var urls: [String: String] = [:]
        /// In the order in which they came.
        var targets: [String] = []
    }

    private let upstream: UpstreamAddress
    private let state = Monitor(State())

    init(_ upstream: UpstreamAddress) { self.upstream = upstream }

    /// Where a request for that target goes.
    func url(of target: String) -> String {
        state.withLock { $0.urls[target] } ?? upstream.url(of: target)
    }

    /// Whether the target is one that an upload on another host than the upstream's was given.
    func isElsewhere(_ target: String) -> Bool {
        state.withLock { $0.urls[target] }.map { !$0.hasPrefix(upstream.origin + "/") } ?? false
    }

    /// The fields with the addresses of uploads led to us.
    ///
    /// - Parameter base: what the client calls us; no slash at its end.
    func led(_ fields: [HTTPFields.Field], to base: String) -> [HTTPFields.Field] {
        fields.map { field in
            guard UploadAddresses.names.contains(field.name.lowercased()),
                let target = ownTarget(for: field.value)
            else { return field }
            return HTTPFields.Field(field.name, base + target)
        }
    }

    /// Nil where it isn't a URL.
    private func ownTarget(for url: String) -> String? {
        guard let (scheme, authority, rest) = UpstreamAddress.split(url) else { return nil }
        let target = rest.hasPrefix("/") ? String(rest) : "/\(rest)"
        if scheme == upstream.scheme, authority == upstream.authority, target.hasPrefix("\(upstream.prefix)/")
        {
            return String(target.dropFirst(upstream.prefix.count))
        }
        state.withLock { state in
            if state.urls.updateValue("\(scheme)://\(authority)\(target)", forKey: target) == nil {
                state.targets.append(target)
            }
            if state.targets.count > UploadAddresses.most {
                state.urls[state.targets.removeFirst()] = nil
            }
        }
        return target
    }
}
