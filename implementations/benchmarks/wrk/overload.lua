-- Reservations of one hot product at a fixed pace: each connection waits for PACE milliseconds on average after an answer.
local shop = require "shop"

function init()
    shop.send_any_of({shop.post("/inventory/" .. shop.product(1) .. "/reserve", '{"quantity":1}')})
    pace = tonumber(os.getenv("PACE"))
end

function response(status)
    if status ~= 200 and status ~= 503 then
        incomplete = incomplete + 1
    end
end

function delay()
    return math.random(0, 2 * pace)
end
