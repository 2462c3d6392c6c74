// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The endpoints of the fake, and which of them a request is for.
public struct EndpointTable: Sendable {
    /// Every endpoint, in the order in which they are tried.
    public static let all: [any Endpoint] = [
        GenerateContentEndpoint(),
        StreamGenerateContentEndpoint(),
        CountTokensEndpoint(),
        EmbedContentEndpoint(),
        BatchEmbedContentsEndpoint(),
        ListModelsEndpoint(),
        GetModelEndpoint(),
        UploadFileEndpoint(),
        ListFilesEndpoint(),
        GetFileEndpoint(),
        DownloadFileEndpoint(),
        DeleteFileEndpoint(),
        CreateInteractionEndpoint(),
        GetInteractionEndpoint(),
        CancelInteractionEndpoint(),
        DeleteInteractionEndpoint(),
        RegisterFilesEndpoint(),
        UploadToFileSearchStoreEndpoint(),
        NeighboursEndpoint(),
        ModelNeighboursEndpoint(),
        ModelOperationsEndpoint(),
    ]

    public enum Route: Sendable {
        case endpoint(any Endpoint, version: String, names: [String])
        /// The resource is known, the custom method isn't.
        case unknownMethod
        case unknownPath
    }

    private let endpoints: [any Endpoint]
    /// Those of the endpoints that receive bodies.
    private let receiving: [RouteTemplate]

    public init(_ endpoints: [any Endpoint] = EndpointTable.all) {
        self.endpoints = endpoints
        receiving = endpoints.filter(\.receivesBodies).map(\.route)
    }

    /// The endpoint that takes a request's body as it arrives; nil where the body is to be kept and read as JSON.
    ///
    /// Asked of each request when its head has come, and `route` again when its body has: so that few pay for it, most
    /// are told apart by a look at the path.
    public func receivingEndpoint(
        for head: RequestHead
    ) -> (endpoint: any Endpoint, version: String, names: [String])? {
        guard receiving.contains(where: { $0.mayMatch(head) }),
            case .endpoint(let endpoint, let version, let names) = route(head), endpoint.receivesBodies
        else { return nil }
        return (endpoint, version, names)
    }

    public func route(_ head: RequestHead) -> Route {
        let asked = AskedRoute(head)
        var route = Route.unknownPath
        for endpoint in endpoints {
            switch endpoint.route.match(asked) {
            case .yes(let version, let names): return .endpoint(endpoint, version: version, names: names)
            case .otherMethod: route = .unknownMethod
            case .no: continue
            }
        }
        return route
    }
}
