-- What the scripts share. wrk runs them in this folder, with a Lua state per thread.
local shop = {}

local threads = {}

-- Gives every thread a number of its own, so that no two threads send the same random requests or the same keys.
function setup(thread)
    table.insert(threads, thread)
    thread:set("thread_number", #threads)
    thread:set("incomplete", 0)
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

-- Counts the answers that lack a text as incomplete. This takes time for every answer, so it is only for slow operations.
function shop.expect(text)
    response = function(status, headers, body)
        if not body:find(text, 1, true) then
            incomplete = incomplete + 1
        end
    end
end

-- Read by Wrk.java.
function done(summary, latency)
    local errors = summary.errors
    local incomplete = 0
    for _, thread in ipairs(threads) do
        incomplete = incomplete + thread:get("incomplete")
    end
    io.write(string.format(
        "result requests=%d microseconds=%d p50=%d p99=%d refused=%d failed=%d incomplete=%d\n",
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        errors.status, errors.connect + errors.read + errors.write + errors.timeout, incomplete))
end

return shop
