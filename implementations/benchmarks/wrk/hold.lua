-- A cart of three of 1,000 products. It is held for a day, so that nothing expires during the benchmark.
local shop = require "shop"

function init()
    shop.seed()
    local requests = {}
    for number = 1, 1000 do
        local lines = {}
        for line = 1, 3 do
            -- 333 apart, so that the three products differ.
            local product = shop.product((number + math.random(300) + line * 333) % 1000 + 1)
            lines[line] = string.format('{"productId":"%s","quantity":1}', product)
        end
        requests[number] = shop.post("/reservations", '{"lines":[' .. table.concat(lines, ",") .. '],"ttlSeconds":86400}')
    end
    shop.send_any_of(requests)
end
