-- SPDX-License-Identifier: Apache-2.0
-- the arguments, if any, say how long a connection pauses before its next request, at random: the least and the most, in milliseconds
function init(args)
    if #args == 2 then
        local least, most = tonumber(args[1]), tonumber(args[2])
        function delay() return math.random(least, most) end
    end
end

-- wrk's own words leave out the 99.9th percentile; times are in microseconds
done = function(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format('{"requests":%d,"micros":%d,"errors":%d,"p50":%f,"p99":%f,"p999":%f}\n',
        summary.requests, summary.duration, errors.connect + errors.read + errors.write + errors.status + errors.timeout,
        latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
