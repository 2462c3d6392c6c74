// SPDX-License-Identifier: Apache-2.0

import Conformance
import HTTPWire
import ReferenceClient

/// Puts cases to the reference client in this process.
func referenceClient(_ flaws: Set<Flaw> = []) -> ClosureDriver {
    ClosureDriver { job in
        var settings = ReferenceClient.Settings(baseURL: job.address.baseURL, key: job.address.key)
        settings.flaws = flaws
        settings.idleTimeout = .seconds(6)
        return ClosureDriver.outcome(ReferenceClient(settings).perform(job.task))
    }
}
