// SPDX-License-Identifier: Apache-2.0

/// The calls of the admin API.
enum AdminRouteTable {
    static let all: [any AdminRoute] = [
        ArmFaultRoute(),
        ClockRoute(),
        DeleteFileRoute(),
        DeleteTenantRoute(),
        DisarmFaultRoute(),
        DisarmFaultsRoute(),
        EntriesRoute(),
        EntryNearMissesRoute(),
        EntryRoute(),
        EventsRoute(),
        RecordingsRoute(),
        FaultsRoute(),
        FileRoute(),
        FilesRoute(),
        FindingsRoute(),
        ForgetEntriesRoute(),
        HealthRoute(),
        IndexRoute(),
        InteractionRoute(),
        InteractionsRoute(),
        LoadScenarioRoute(),
        MetricsRoute(),
        MoveClockRoute(),
        OpenAPIRoute(),
        OperationRoute(),
        OperationsRoute(),
        ReadyRoute(),
        RemoveScenarioRoute(),
        ResetRoute(what: .all),
        ResetRoute(what: .journal),
        ResetRoute(what: .state),
        ScenarioRoute(),
        ScenariosRoute(),
        TenantRoute(),
        TenantsRoute(),
        UnmatchedRoute(),
        UploadsRoute(),
        VerifyRoute(),
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
        // Answered alike; the socket side leaves the body out.
        let method = method == "HEAD" ? "GET" : method
        var methods: [String] = []
        // `/__admin/` is the same as `/__admin`.
        let segments = segments.elementsEqual([""]) ? [] : segments
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
                // Nothing is called nothing.
                guard !segment.isEmpty else { return nil }
                names.append(segment)
            } else if word != segment {
                return nil
            }
        }
        return names
    }
}
