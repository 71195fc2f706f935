-- What the scripts share. wrk runs them in this folder, with a Lua state per thread.
local shop = {}

local threads = 0

-- Gives every thread a number of its own, so that no two threads send the same random requests or the same keys.
function setup(thread)
    threads = threads + 1
    thread:set("thread_number", threads)
end

function shop.seed()
    math.randomseed(os.time() * 1000 + thread_number)
end

function shop.product(number)
    return string.format("product-%04d", number)
end

function shop.get(path)
    return wrk.format("GET", path)
end

function shop.post(path, body)
    return wrk.format("POST", path, {["Host"] = wrk.headers["Host"], ["Content-Type"] = "application/json"}, body)
end

-- Formats the requests once, because formatting each request would take more time than some services need to answer it.
function shop.send_any_of(requests)
    local number = #requests
    request = function()
        return requests[math.random(number)]
    end
end

-- Read by Wrk.java.
function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        "result requests=%d microseconds=%d p50=%d p99=%d refused=%d failed=%d\n",
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end

return shop
