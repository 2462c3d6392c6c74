// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

@testable import GeminiService

final class EndpointTableTests: XCTestCase {
    private func route(_ method: String, _ target: String) -> String {
        switch EndpointTable().route(makeHead(method, target)) {
        case .endpoint(let endpoint, let version, let names):
            ([endpoint.name, version] + names).joined(separator: " ")
        case .unknownMethod: "unknown method"
        case .unknownPath: "unknown path"
        }
    }

    /// Each with its name, verb and path, version left open.
    private static let routes = [
        ("generateContent", "POST", "models/gemini-x:generateContent", " gemini-x"),
        ("streamGenerateContent", "POST", "models/gemini-x:streamGenerateContent", " gemini-x"),
        ("countTokens", "POST", "models/gemini-x:countTokens", " gemini-x"),
        ("embedContent", "POST", "models/gemini-x:embedContent", " gemini-x"),
        ("batchEmbedContents", "POST", "models/gemini-x:batchEmbedContents", " gemini-x"),
        ("listModels", "GET", "models", ""), ("getModel", "GET", "models/gemini-x", " gemini-x"),
        ("listFiles", "GET", "files", ""), ("getFile", "GET", "files/abc", " abc"),
        ("downloadFile", "GET", "files/abc:download", " abc"), ("deleteFile", "DELETE", "files/abc", " abc"),
        ("registerFiles", "POST", "files:register", ""),
        ("createInteraction", "POST", "interactions", ""),
        ("getInteraction", "GET", "interactions/v1_x", " v1_x"),
        ("cancelInteraction", "POST", "interactions/v1_x/cancel", " v1_x"),
        ("deleteInteraction", "DELETE", "interactions/v1_x", " v1_x"),
    ]

    // MARK: - The list

    /// A file in `Endpoints/` that isn't in the list would never be asked.
    func test_all_holdsEachFileOfFolder() throws {
        let folder = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Sources/GeminiService/Endpoints").resolvingSymlinksInPath()
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(".swift".count)) }
        XCTAssertFalse(files.isEmpty)
        let listed = EndpointTable.all.map { String(describing: type(of: $0)) }
        XCTAssertEqual(files.sorted(), listed.sorted())
    }

    func test_all_haveNamesAndRoutesOfTheirOwn() {
        let names = EndpointTable.all.map(\.name)
        XCTAssertEqual(Set(names).count, names.count)
        XCTAssertEqual(Set(EndpointTable.all.map(\.route.description)).count, names.count)
        for endpoint in EndpointTable.all {
            let type = String(describing: type(of: endpoint))
            XCTAssertEqual(
                type, endpoint.name.prefix(1).uppercased() + endpoint.name.dropFirst() + "Endpoint")
        }
    }

    func test_routes_holdEachEndpoint() {
        let names =
            Self.routes.map(\.0) + [
                "uploadFile", "uploadToFileSearchStore", "neighbours", "modelNeighbours", "modelOperations",
            ]
        XCTAssertEqual(names.sorted(), EndpointTable.all.map(\.name).sorted(), "add it above")
    }

    // MARK: - What is found

    func test_route_findsEach_inEachVersion() {
        for version in ["v1", "v1beta", "v1alpha"] {
            for (name, method, path, names) in Self.routes {
                XCTAssertEqual(route(method, "/\(version)/\(path)"), "\(name) \(version)\(names)")
                XCTAssertEqual(
                    route(method, "/\(version)/\(path)?alt=sse&key=x"), "\(name) \(version)\(names)")
            }
        }
    }

    func test_route_findsUploads_behindTheirOwnPrefix() {
        XCTAssertEqual(route("POST", "/upload/v1/files?upload_id=x"), "uploadFile v1")
        XCTAssertEqual(route("POST", "/upload/v1beta/files"), "uploadFile v1beta")
        XCTAssertEqual(route("GET", "/upload/v1/files"), "unknown path")
        XCTAssertEqual(route("POST", "/upload/v2/files"), "unknown path")
        XCTAssertEqual(route("POST", "/v1/upload/files"), "unknown path")
    }

    func test_route_isUnknownPath_inOtherVersions() {
        for version in ["v2", "v1beta2", "V1", "v1beta3", "", "v", "v1%20", "beta"] {
            for (_, method, path, _) in Self.routes {
                XCTAssertEqual(route(method, "/\(version)/\(path)"), "unknown path")
            }
        }
    }

    func test_route_isUnknownPath_withWrongVerb() {
        for (_, _, path, _) in Self.routes {
            let own = Set(Self.routes.filter { $0.2 == path }.map(\.1))
            for other in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "post"]
            where !own.contains(other) {
                XCTAssertEqual(route(other, "/v1beta/\(path)"), "unknown path", "\(other) \(path)")
            }
        }
    }

    func test_route_takesHeadForGet() {
        for (name, method, path, names) in Self.routes where method != "DELETE" {
            XCTAssertEqual(
                route("HEAD", "/v1/\(path)"), method == "GET" ? "\(name) v1\(names)" : "unknown path", path
            )
        }
    }

    func test_route_isUnknownPath_withSlashesTooManyOrFew() {
        for (_, method, path, _) in Self.routes {
            for target in [
                "//v1beta/\(path)", "/v1beta//\(path)", "/v1beta/\(path)/", "/v1beta/v1beta/\(path)",
                "/\(path)",
                "/v1beta/x/\(path)", "/v1beta\(path)",
            ] {
                XCTAssertEqual(route(method, target), "unknown path", "\(method) \(target)")
            }
        }
    }

    func test_route_isUnknownMethod_onKnownModelPath() {
        for verb in [
            "countTextTokens", "generateMessage", "GenerateContent", "generateContent2", "",
            " generateContent",
        ] {
            XCTAssertEqual(route("POST", "/v1beta/models/gemini-x:\(verb)"), "unknown method", verb)
        }
        XCTAssertEqual(route("GET", "/v1beta/models/gemini-x:generateContent"), "unknown path")
        XCTAssertEqual(route("POST", "/v1beta/files:import"), "unknown method")
        XCTAssertEqual(route("POST", "/v1beta/models/gemini-x"), "unknown path")
        XCTAssertEqual(route("POST", "/v1beta/files/x:generateContent"), "unknown path")
    }

    func test_route_findsNeighbours_withAnyVerbAndTail() {
        for (method, path) in [
            ("GET", "agents"), ("POST", "agents"), ("DELETE", "agents/x"), ("POST", "webhooks/x:ping"),
            ("GET", "environments/e/files/a/b.txt"), ("PATCH", "triggers/t"),
            ("GET", "triggers/t/executions"),
            ("POST", "webhooks/x:rotateSigningSecret"), ("GET", "credentials"), ("GET", "voices"),
            ("POST", "decisions"),
            // google-genai 3.4.0, and googleapis, google/ai/generativelanguage/v1beta.
            ("POST", "cachedContents"), ("PATCH", "cachedContents/c"), ("GET", "batches"),
            ("POST", "batches/b:cancel"), ("POST", "tunedModels/t:generateContent"),
            ("GET", "tunedModels/t/operations/o"), ("POST", "fileSearchStores/s:importFile"),
            ("DELETE", "fileSearchStores/s/documents/d"), ("POST", "corpora/c:query"),
            ("GET", "generatedFiles/f/operations/o"), ("POST", "auth_tokens"),
        ] {
            let resource = path.prefix { $0 != "/" }
            XCTAssertEqual(route(method, "/v1/\(path)"), "neighbours v1 \(resource)", path)
        }
        XCTAssertEqual(route("GET", "/v1/agent"), "unknown path")
        XCTAssertEqual(route("GET", "/v2/agents"), "unknown path")
    }

    func test_route_findsUploadsIntoStores() {
        let store = "/upload/v1beta/fileSearchStores/s"
        XCTAssertEqual(
            route("POST", "\(store):uploadToFileSearchStore?upload_id=u"), "uploadToFileSearchStore v1beta s")
        XCTAssertEqual(route("POST", store), "unknown path")
        XCTAssertEqual(route("GET", "\(store):uploadToFileSearchStore"), "unknown path")
    }

    func test_route_findsWhatModelsCanDoBesides_withItsName() {
        for verb in ["batchGenerateContent", "asyncBatchEmbedContent", "predict", "predictLongRunning"] {
            XCTAssertEqual(route("POST", "/v1/models/m:\(verb)"), "modelNeighbours v1 m \(verb)")
            XCTAssertEqual(route("GET", "/v1/models/m:\(verb)"), "unknown path")
        }
        for path in ["models/m/operations", "models/m/operations/o", "models/m/operations/o:cancel"] {
            XCTAssertEqual(route("GET", "/v1/\(path)"), "modelOperations v1 m")
        }
        XCTAssertEqual(route("GET", "/v1/models/m/operation"), "unknown path")
        XCTAssertEqual(route("GET", "/v1/models//operations/o"), "unknown path")
    }

    func test_route_decodesNames() {
        for (target, expected) in [
            ("/v1/models/gemini%2Dx", "getModel v1 gemini-x"), ("/v1/models/a%2Fb", "getModel v1 a/b"),
            ("/v1/models/%E2%82%AC", "getModel v1 €"), ("/v1/models/a%20b", "getModel v1 a b"),
            ("/v1/models/a+b", "getModel v1 a+b"), ("/v1/models/a%zz", "getModel v1 a%zz"),
            ("/%76%31/models/a", "getModel v1 a"), ("/v1/%6Dodels", "listModels v1"),
            ("/v1/models/%00", "getModel v1 \0"),
        ] {
            XCTAssertEqual(route("GET", target), expected, target)
        }
        XCTAssertEqual(route("POST", "/v1/models/a%3AgenerateContent"), "generateContent v1 a")
    }

    func test_route_takesAbsoluteForm() {
        XCTAssertEqual(route("GET", "http://host:1/v1/models/x"), "getModel v1 x")
    }

    func test_route_doesNotTrap_onNonsense() {
        for target in [
            "", "/", "?", "*", ":", "/:", "/v1/:", "/v1/models/:", "%", "/%", "a:b", "http://", "/v1/models:",
        ] {
            for method in ["GET", "POST"] {
                XCTAssertNotEqual(route(method, target).prefix(8), "endpoint", target)
            }
        }
    }

    /// They belong to what a stub has matched, or was asked to let through.
    func test_goesOn_whatIsAboutAnEarlierRequest() throws {
        let names = EndpointTable.all.filter { $0.route.goesOn }.map(\.name)
        XCTAssertEqual(
            names.sorted(),
            [
                "cancelInteraction", "deleteFile", "deleteInteraction", "downloadFile", "getFile",
                "getInteraction",
            ])
        let upload = UploadFileEndpoint()
        for (id, goesOn) in [("x", true), (nil, false)] {
            XCTAssertEqual(upload.goesOn(makeUploadHead("query", id: id)), goesOn)
        }
    }
}
