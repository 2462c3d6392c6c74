// SPDX-License-Identifier: Apache-2.0

import GeminiConformance
import HTTPWire
import ReferenceClient
import XCTest

/// The suite as authors of clients in Swift have it, with the reference client.
final class ConformanceTestCaseTests: ConformanceTestCase {
    override class var driver: any ClientDriver {
        ClosureDriver { job in
            var settings = ReferenceClient.Settings(baseURL: job.address.baseURL, key: job.address.key)
            settings.idleTimeout = .seconds(6)
            return ClosureDriver.outcome(ReferenceClient(settings).perform(job.task))
        }
    }

    override class var jobs: Int { 16 }

    func testReferenceClientPassesAllCases() throws { try judge() }
}
