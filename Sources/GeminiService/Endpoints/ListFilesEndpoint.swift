// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// A key's files in pages, the newest first (CORE 3.2). No files are `{}`.
struct ListFilesEndpoint: Endpoint {
    let name = "listFiles"
    let route = RouteTemplate("GET /{version}/files")
    let message: String? = "ListFilesRequest"
    let answerMessage: String? = "ListFilesResponse"

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        let target = call.head.target
        // The documentation's numbers.
        let size = target.pageSize(usual: 10, largest: 100)
        let before = target.queryValue("pageToken").flatMap { PageToken.name(in: $0) }.flatMap { Int($0) }
        let page = service.fileStore.list(of: call.tenant, before: before, size: size)
        let now = service.clock.nanoseconds
        var writer = JSONWriter(.pretty)
        writer.object { writer in
            guard !page.files.isEmpty else { return }
            writer.key("files")
            writer.array { writer in
                for file in page.files { file.write(to: &writer, at: now) }
            }
            if let next = page.next { writer.member("nextPageToken", PageToken.after(String(next))) }
        }
        return .json(writer.bytes)
    }
}
