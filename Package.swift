// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "gemini-mock",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "GeminiMock", targets: ["GeminiMock"]),
        .library(name: "GeminiMockXCTest", targets: ["GeminiMockXCTest"]),
        .library(name: "Conformance", targets: ["Conformance"]),
        .library(name: "GeminiConformance", targets: ["GeminiConformance"]),
        .executable(name: "gemini-mock", targets: ["gemini-mock"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        // C libraries: a module map and a header of inline shims, nothing else.
        .systemLibrary(
            name: "CMicroHTTPD",
            pkgConfig: "libmicrohttpd",
            providers: [.apt(["libmicrohttpd-dev"]), .brew(["libmicrohttpd"])]
        ),
        .systemLibrary(
            name: "CGnuTLS", pkgConfig: "gnutls",
            providers: [.apt(["libgnutls28-dev"]), .brew(["gnutls"])]
        ),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
        ),
        .systemLibrary(
            name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]
        ),
        // Opened when it is needed, not linked: see `CurlLibrary`.
        .systemLibrary(
            name: "CCurl", providers: [.apt(["libcurl4-gnutls-dev"]), .brew(["curl"])]
        ),

        // Each arrow points down: a target imports only what stands above it.
        .target(name: "HTTPWire", swiftSettings: strict),
        .target(
            name: "MicroHTTP",
            dependencies: [
                "CGnuTLS", "CMicroHTTPD", "HTTPWire", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .target(name: "MediaProbe", dependencies: ["CZlib"], swiftSettings: strict),
        .target(name: "YAMLReading", dependencies: ["CYAML", "HTTPWire"], swiftSettings: strict),
        .target(name: "GeminiContract", dependencies: ["HTTPWire"], swiftSettings: strict),
        .target(
            name: "GeminiService",
            dependencies: ["CGnuTLS", "GeminiContract", "HTTPWire", "MediaProbe"],
            swiftSettings: strict
        ),
        .target(
            name: "ScenarioEngine",
            dependencies: ["CPCRE2", "GeminiContract", "GeminiService", "HTTPWire", "YAMLReading"],
            swiftSettings: strict
        ),
        .target(
            name: "RecordReplay", dependencies: ["CGnuTLS", "CPCRE2", "CZlib", "HTTPWire", "YAMLReading"],
            swiftSettings: strict
        ),
        .target(
            name: "GeminiMock",
            dependencies: [
                "CZlib", "GeminiContract", "GeminiService", "HTTPWire", "MicroHTTP", "RecordReplay",
                "ScenarioEngine",
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.embedInCode("Admin/openapi.yaml")],
            swiftSettings: strict
        ),
        .target(
            name: "Recorder",
            dependencies: [
                "CCurl", "CGnuTLS", "HTTPWire", "MicroHTTP", "RecordReplay",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Drift",
            dependencies: [
                "GeminiContract", "GeminiService", "HTTPWire", "MicroHTTP", "RecordReplay", "Recorder",
            ],
            swiftSettings: strict
        ),
        // The judge of clients: it sees bytes, and what serves them is brought by `ConformanceServer`.
        .target(
            name: "Conformance", dependencies: ["HTTPWire"], exclude: ["Suites/case.schema.json"],
            resources: [
                .embedInCode("Sets/core-2026.11.txt"),
                .embedInCode("Suites/SSE.yaml"),
                .embedInCode("Suites/ERR.yaml"),
                .embedInCode("Suites/JSN.yaml"),
                .embedInCode("Suites/REQ.yaml"),
                .embedInCode("Suites/UPL.yaml"),
                .embedInCode("Suites/FIL.yaml"),
                .embedInCode("Suites/INT.yaml"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "ConformanceServer",
            dependencies: ["Conformance", "GeminiMock", "HTTPWire", "ScenarioEngine"],
            swiftSettings: strict
        ),
        // For tests alone: the program must not link XCTest.
        .target(name: "GeminiMockXCTest", dependencies: ["GeminiMock"], swiftSettings: strict),
        .target(
            name: "GeminiConformance",
            dependencies: ["Conformance", "ConformanceServer", "GeminiMock", "HTTPWire"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "gemini-mock",
            dependencies: [
                "Conformance", "ConformanceServer", "Drift", "GeminiMock", "HTTPWire", "MicroHTTP",
                "RecordReplay",
                "Recorder",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),

        // What several test targets share; in no product.
        .target(
            name: "TestSupport",
            dependencies: [
                "CGnuTLS", "GeminiMock", "HTTPWire", .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .testTarget(name: "HTTPWireTests", dependencies: ["HTTPWire"], swiftSettings: strict),
        .testTarget(
            name: "MicroHTTPTests", dependencies: ["CGnuTLS", "MicroHTTP", "HTTPWire", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MediaProbeTests", dependencies: ["MediaProbe", "TestSupport"], swiftSettings: strict
        ),
        .testTarget(
            name: "GeminiContractTests", dependencies: ["GeminiContract", "HTTPWire"], exclude: ["Goldens"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "GeminiServiceTests",
            dependencies: ["GeminiService", "GeminiContract", "HTTPWire", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ScenarioEngineTests",
            dependencies: ["GeminiContract", "GeminiService", "HTTPWire", "ScenarioEngine", "YAMLReading"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "YAMLReadingTests", dependencies: ["HTTPWire", "YAMLReading"], swiftSettings: strict
        ),
        .testTarget(
            name: "RecordReplayTests", dependencies: ["HTTPWire", "RecordReplay", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RecorderTests",
            dependencies: [
                "GeminiMock", "HTTPWire", "MicroHTTP", "RecordReplay", "Recorder", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DriftTests",
            dependencies: [
                "Drift", "GeminiContract", "GeminiMock", "HTTPWire", "RecordReplay", "Recorder",
                "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "GeminiMockTests",
            dependencies: [
                "CZlib", "GeminiContract", "GeminiMock", "GeminiMockXCTest", "GeminiService", "HTTPWire",
                "RecordReplay", "ScenarioEngine", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Goldens"],
            swiftSettings: strict
        ),
        // Passes all cases, or breaks what it is told to: the judge is judged by it. In no product.
        .target(
            name: "ReferenceClient", dependencies: ["HTTPWire"], path: "Tests/Clients/Reference/Client",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "reference-client", dependencies: ["HTTPWire", "ReferenceClient"],
            path: "Tests/Clients/Reference/Command", swiftSettings: strict
        ),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "Conformance", "ConformanceServer", "HTTPWire", "ReferenceClient", "ScenarioEngine",
                "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "GeminiConformanceTests",
            dependencies: [
                "Conformance", "ConformanceServer", "GeminiConformance", "HTTPWire", "ReferenceClient",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "GeminiMockXCTestTests", dependencies: ["GeminiMockXCTest", "TestSupport"],
            swiftSettings: strict
        ),
        // The others of the examples are run by EndToEndTests.
        .testTarget(
            name: "Examples", dependencies: ["GeminiConformance", "GeminiMockXCTest"], path: "Tests/Examples",
            exclude: [
                "README.md", "conftest.py", "greeting.sh", "greeting.test.mjs", "greeting.yaml",
                "test_greeting.py",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["gemini-mock", "reference-client", "HTTPWire", "RecordReplay", "TestSupport"],
            exclude: ["Clients"],
            swiftSettings: strict
        ),
    ]
)

// `make fuzz` asks for this; nobody else builds it. It is a library, since libFuzzer brings the `main`.
if Context.environment["GEMINI_MOCK_FUZZ"] != nil {
    package.products.append(.library(name: "Fuzz", type: .static, targets: ["Fuzz"]))
    package.targets.append(
        .target(
            name: "Fuzz",
            dependencies: ["GeminiContract", "GeminiService", "HTTPWire", "MediaProbe", "RecordReplay"],
            path: "Tests/Fuzz",
            exclude: ["make-seeds"],
            swiftSettings: strict
        )
    )
}
