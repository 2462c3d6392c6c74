// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import ScenarioEngine

/// Makes requests of the journal what stubs and conditions look at.
struct JournalSubjects: Sendable {
    let endpoints: EndpointTable
    let service: FakeService

    /// The request as far as it is kept: without credentials, its body maybe shortened. Files and turns that it names are
    /// those that are there now. Nil where its path is none of the API's.
    func subject(of reading: JournalReading) -> RequestSubject? {
        let facts = reading.facts
        let head = RequestHead(
            method: facts.method, target: RequestTarget(facts.target), fields: facts.fields)
        guard case .endpoint(let endpoint, let version, let names) = endpoints.route(head),
            let empty = try? JSONDocument(parsing: Array("{}".utf8))
        else { return nil }
        let isJSON = reading.body.extent != .beginning && !reading.body.bytes.isEmpty
        let body = isJSON ? (try? JSONDocument(parsing: reading.body.bytes)) ?? empty : empty
        let call = APICall(
            head: head, version: version, names: names, tenant: facts.tenant ?? Tenant(""), body: body.root)
        return RequestSubject(call, for: endpoint, service)
    }
}
