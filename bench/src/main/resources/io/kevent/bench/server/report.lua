-- SPDX-License-Identifier: Apache-2.0
-- the one argument says when a connection's next request goes out: AT_ONCE or WITH_PAUSES
function init(args)
    if args[1] == "WITH_PAUSES" then
        function delay() return math.random(1, 3) end
    end
end

-- wrk's own words leave out the 99.9th percentile; times are in microseconds
done = function(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format('{"requests":%d,"micros":%d,"errors":%d,"p50":%f,"p99":%f,"p999":%f}\n',
        summary.requests, summary.duration, errors.connect + errors.read + errors.write + errors.status + errors.timeout,
        latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
