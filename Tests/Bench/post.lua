-- SPDX-License-Identifier: Apache-2.0
-- For wrk: POSTs one JSON body over and over, and prints what came of it as one JSON line.
-- Usage: wrk ... -s post.lua URL -- BODY API_KEY

function init(arguments)
    wrk.method = "POST"
    wrk.body = arguments[1]
    wrk.headers["Content-Type"] = "application/json"
    wrk.headers["x-goog-api-key"] = arguments[2]
end

function done(summary)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    print(string.format('{"requests": %d, "seconds": %.6f, "failed": %d}',
        summary.requests, summary.duration / 1e6, failed))
end
