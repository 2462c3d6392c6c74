// SPDX-License-Identifier: Apache-2.0

/// The calls of the admin API.
enum AdminRouteTable {
    static let all: [any AdminRoute] = [
        HealthRoute(),
        ClockRoute(),
        MoveClockRoute(),
        FilesRoute(),
        FileRoute(),
        DeleteFileRoute(),
        UploadsRoute(),
        InteractionsRoute(),
        InteractionRoute(),
        TenantsRoute(),
        TenantRoute(),
        DeleteTenantRoute(),
        ScenariosRoute(),
        LoadScenarioRoute(),
        ScenarioRoute(),
        RemoveScenarioRoute(),
        FaultsRoute(),
        ArmFaultRoute(),
        DisarmFaultRoute(),
        DisarmFaultsRoute(),
        ResetRoute(what: .journal),
        ResetRoute(what: .state),
        ResetRoute(what: .all),
        ReadyRoute(),
        FindingsRoute(),
        MetricsRoute(),
    ]

    /// What a request's path comes to.
    enum Match {
        case route(any AdminRoute, names: [String])
        /// The path is there, for these methods.
        case otherMethod([String])
        case unknown
    }

    /// - Parameter segments: of the path, behind `__admin`.
    static func match(_ method: String, _ segments: ArraySlice<String>) -> Match {
        var methods: [String] = []
        for route in all {
            guard let names = names(of: route.path, in: segments) else { continue }
            if route.method == method { return .route(route, names: names) }
            methods.append(route.method)
        }
        return methods.isEmpty ? .unknown : .otherMethod(methods)
    }

    /// What stands in the places of a path's `{…}`; nil where the path is another one.
    private static func names(of path: String, in segments: ArraySlice<String>) -> [String]? {
        let words = path.split(separator: "/", omittingEmptySubsequences: true)
        guard words.count == segments.count else { return nil }
        var names: [String] = []
        for (word, segment) in zip(words, segments) {
            if word.first == "{" {
                names.append(segment)
            } else if word != segment {
                return nil
            }
        }
        return names
    }
}
