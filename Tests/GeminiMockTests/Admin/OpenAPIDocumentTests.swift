// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay
import TestSupport
import XCTest

@testable import GeminiMock
@testable import ScenarioEngine

/// What is described is there, what is there is described, and the examples are true.
final class OpenAPIDocumentTests: AdminTestCase {
    private func document() throws -> JSON {
        let read = DocumentReader.read(Array(OpenAPIDocument.text.utf8), file: "openapi.yaml")
        XCTAssertEqual(read.problems.map(\.description), [])
        return try XCTUnwrap(read.value?.json)
    }

    private func members(_ value: JSON?) -> [JSON.Member] {
        if case .object(let members) = value { members } else { [] }
    }

    private func elements(_ value: JSON?) -> [JSON] {
        if case .array(let elements) = value { elements } else { [] }
    }

    private func text(_ value: JSON?) -> String? {
        switch value {
        case .string(let text): text
        case .int(let number): String(number)
        case .bool(let value): String(value)
        default: nil
        }
    }

    /// What a `$ref` stands for.
    private func resolved(_ value: JSON, in document: JSON) throws -> JSON {
        guard let path = text(value["$ref"]) else { return value }
        return try XCTUnwrap(
            path.split(separator: "/").dropFirst().reduce(document) { $0?[String($1)] }, path)
    }

    // MARK: Routes

    func test_whatIsDescribed_isThere_andTheOtherWayRound() throws {
        let described = OpenAPIDocument.operations.map { "\($0.method) \($0.path)" }
        let routes = AdminRouteTable.all.map { "\($0.method) \($0.path)" }
        XCTAssertEqual(Set(described), Set(routes))
        XCTAssertEqual(described.count, routes.count, "one is there twice")
        let methods: Set = ["delete", "get", "patch", "post", "put"]
        let parsed = members(try document()["paths"]).flatMap { path in
            members(path.value).filter { methods.contains($0.name) }.map {
                "\($0.name.uppercased()) \(path.name.dropFirst())"
            }
        }
        XCTAssertEqual(described, parsed, "read line by line it is the same")
    }

    func test_pathsAreInOrder_andParametersOfPathsAreDescribed() throws {
        let document = try document()
        let paths = members(document["paths"])
        XCTAssertEqual(paths.map(\.name), paths.map(\.name).sorted())
        for path in paths {
            let places = path.name.split(separator: "/").filter { $0.hasPrefix("{") }
            for operation in members(path.value) {
                let parameters = try elements(operation.value["parameters"]).map {
                    try resolved($0, in: document)
                }
                let named = parameters.filter { text($0["in"]) == "path" }.compactMap { text($0["name"]) }
                XCTAssertEqual(Set(named.map { "{\($0)}" }), Set(places.map(String.init)), path.name)
            }
        }
    }

    /// Parameters that aren't described are refused, so what is described must be taken.
    func test_queryParameters_areTaken() throws {
        let (document, server) = (try document(), try server())
        for path in members(document["paths"]) where !path.name.contains("{") {
            for operation in members(path.value) where operation.name == "get" && path.name != "/events" {
                for parameter in elements(operation.value["parameters"]) {
                    let parameter = try resolved(parameter, in: document)
                    let name = try XCTUnwrap(text(parameter["name"]))
                    let target = "\(path.name.dropFirst())?\(name)="
                    XCTAssertEqual(try admin(server, "GET", target).status, 200, target)
                }
            }
        }
    }

    // MARK: Examples

    /// A server that has answered one request that matched no stub.
    private func server() throws -> MockServer {
        let stub = MockStub(
            "goodbye", when: MockPattern(lastText: .equals("Goodbye")), replies: [.text("Bye")])
        let unused = RecordedExchange(
            request: RecordedRequest(method: "GET", target: "/v1beta/models"),
            answer: RecordedAnswer(status: 200))
        let server = try serve(MockScenario("greetings", stubs: [stub])) {
            $0.recordings = [MockRecording(Recording(name: "greeting", exchanges: [unused]))]
        }
        _ = try ask(server, "Hello")
        XCTAssertTrue(eventually { server.journal.entry(1)?.timing.ending != nil })
        return server
    }

    /// Makes a tenant that has one of all that can be kept, and arms a fault.
    ///
    /// - Returns: the ids that paths may ask for, by what they begin with.
    private func fill(_ server: MockServer) throws -> [String: String] {
        let file = try call(
            server, as: "worker-1", "POST", "/upload/v1beta/files",
            "X-Goog-Upload-Protocol: raw\r\nContent-Type: text/plain\r\n", "hello")
        _ = try call(
            server, as: "worker-1", "POST", "/upload/v1beta/files",
            "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
                + "X-Goog-Upload-Header-Content-Type: text/plain\r\n"
                + "X-Goog-Upload-Header-Content-Length: 4\r\n")
        let turn = try call(
            server, as: "worker-1", "POST", "/v1beta/interactions", "",
            #"{"model": "gemini-3.5-flash", "input": "Hello"}"#)
        try server.arm(.named("hang-before-head"), when: MockPattern(endpoint: ["embedContent"]))
        return [
            "/files": String(try XCTUnwrap(file.at("file/name")).dropFirst("files/".count)),
            "/interactions": try XCTUnwrap(turn.at("id")),
        ]
    }

    func test_examples_areTrue() throws {
        let document = try document()
        for path in members(document["paths"]) {
            for operation in members(path.value) where path.name != "/events" {
                try check(operation, path.name, document)
            }
        }
    }

    private func check(_ operation: JSON.Member, _ path: String, _ document: JSON) throws {
        let name = "\(operation.name) \(path)"
        let server = try server()
        let first = "/\(path.split(separator: "/").first ?? "")"
        let isState = ["/faults", "/files", "/interactions", "/tenants", "/uploads"].contains(first)
        let ids = isState ? try fill(server) : [:]
        var (target, query) = (path.replacing("{id}", with: ids[first] ?? "{id}"), [String]())
        for parameter in try elements(operation.value["parameters"]).map({ try resolved($0, in: document) }) {
            guard let name = text(parameter["name"]), let example = text(parameter["example"]) else {
                continue
            }
            if text(parameter["in"]) == "path" {
                target = target.replacing("{\(name)}", with: example)
            } else if text(parameter["in"]) == "query" {
                query.append("\(name)=\(example)")
            }
        }
        guard !target.contains("{") else { return XCTFail("\(name): the path needs examples") }
        let content = operation.value["requestBody"]?["content"]?["application/json"]
        let body = content?["example"].map { String(decoding: $0.bytes(.compact), as: UTF8.self) }
        XCTAssertEqual(body == nil, operation.value["requestBody"] == nil, "\(name): no example of a body")
        let response = try XCTUnwrap(members(operation.value["responses"]).first, name)

        let asked = query.isEmpty ? target : "\(target)?\(query.joined(separator: "&"))"
        let answer = try admin(server, operation.name.uppercased(), String(asked.dropFirst()), body ?? "")
        XCTAssertEqual(String(answer.status), response.name, "\(name): \(answer.text)")
        guard let json = response.value["content"]?["application/json"] else { return }
        let example = try XCTUnwrap(json["example"], "\(name): no example of an answer")
        let got = JSON(try JSONDocument(parsing: answer.body, grammar: .strict).root)
        compare(example, got, name)
    }

    /// That all members of an example are there, and of the same kind.
    private func compare(_ example: JSON, _ got: JSON, _ place: String) {
        switch (example, got) {
        case (.object(let members), .object):
            for member in members {
                guard let value = got[member.name] else { return XCTFail("\(place): no \(member.name)") }
                compare(member.value, value, "\(place)/\(member.name)")
            }
        case (.array(let examples), .array(let elements)):
            guard let first = examples.first else { return }
            guard let element = elements.first else { return XCTFail("\(place) is empty") }
            // Of lists of names and values any has them all.
            compare(first, element, "\(place)/0")
        case (.string, .string), (.bool, .bool), (.null, _), (.int, .int), (.double, .double),
            (.int, .double), (.double, .int):
            break
        default: XCTFail("\(place): \(got) isn't like \(example)")
        }
    }

    // MARK: Serving

    func test_theDocument_isServed() throws {
        let answer = try admin(serve(), "GET", "openapi.yaml")
        XCTAssertEqual(answer.status, 200)
        XCTAssertEqual(answer["content-type"], "application/yaml; charset=UTF-8")
        XCTAssertEqual(answer.text, OpenAPIDocument.text)
    }

    func test_theList_isServed_withOrWithoutASlash() throws {
        let server = try serve()
        let list = try admin(server, "GET", "")
        XCTAssertEqual(list.status, 200)
        XCTAssertTrue(list.text.contains("POST   /__admin/verify "), list.text)
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send("GET /__admin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        XCTAssertEqual(try client.receiveAnswer().body, list.body)
    }
}
