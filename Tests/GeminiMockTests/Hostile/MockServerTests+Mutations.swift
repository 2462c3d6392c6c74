// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import GeminiMock
@testable import GeminiService

/// Hostile and good requests, changed at random: nothing crashes or hangs, and nothing is left behind.
extension MockServerTests {
    func test_tenThousandMutations_leaveNothingBehind() throws {
        var configuration = MockServer.Configuration()
        configuration.journalLimits.bytes = 1 << 20
        let server = try MockServer(configuration, endpoints: EndpointTable())
        defer { server.stop() }
        var mutator = Mutator(seeds: HostileRequest.all.map(\.bytes).filter { $0.count < 4000 })
        // The first ones fill what is filled once, such as the journal and the allocator's own stock.
        try send(3000, of: &mutator, to: server)
        let before = residentBytes
        try send(7000, of: &mutator, to: server)
        XCTAssertTrue(eventually { server.openConnections == 0 && server.liveObjects == (0, 0) })
        XCTAssertLessThan(residentBytes - before, 16 << 20)
        XCTAssertTrue(try ask(server, HostileRequest.next).hasPrefix("HTTP/1.1 200 "))
    }

    /// Some at once: those whose end is noticed late wait together.
    private func send(_ count: Int, of mutator: inout Mutator, to server: MockServer) throws {
        for _ in 0..<(count / 250) {
            let clients = try (0..<250).map { index in
                let client = try XCTUnwrap(RawClient(port: server.port))
                client.send(mutator.next())
                client.shutDown()
                return client
            }
            for client in clients { _ = try client.receiveWhatComes() }
        }
    }

    /// What this process has in memory, in bytes; 0 where the system doesn't tell.
    private var residentBytes: Int {
        let words =
            (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
        return words.count > 1 ? (Int(words[1]) ?? 0) * Int(getpagesize()) : 0
    }
}

/// Changes bytes, the same ones each time.
private struct Mutator {
    private let seeds: [[UInt8]]
    private var state: UInt64 = 20_261_121
    /// What a reader of requests looks for.
    private static let words = [
        "\r\n", "\n", "\r", "\0", ":", " ", "\t", "?", "%", "/", "Content-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Host: y\r\n", "HTTP/1.0", "0\r\n\r\n", "ffffffff", "-1", "Expect: 100-continue\r\n",
        "Connection: close\r\n",
    ].map { Array($0.utf8) }

    init(seeds: [[UInt8]]) {
        self.seeds = seeds
    }

    mutating func next() -> [UInt8] {
        var bytes = seeds[below(seeds.count)]
        for _ in 0...below(4) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = below(bytes.count + 1)
        let end = min(bytes.count, place + below(24))
        switch below(6) {
        case 0: if place < bytes.count { bytes[place] ^= UInt8(1 << below(8)) }
        case 1: if place < bytes.count { bytes[place] = UInt8(below(256)) }
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 4: bytes.insert(contentsOf: Mutator.words[below(Mutator.words.count)], at: place)
        default:
            let other = seeds[below(seeds.count)]
            bytes = Array(bytes[..<place] + other[min(place, other.count)...])
        }
    }

    /// By SplitMix64.
    private mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % UInt64(max(1, bound)))
    }
}
