-- One unit of one of 1,000 products.
local shop = require "shop"

function init()
    shop.seed()
    local requests = {}
    for number = 1, 1000 do
        requests[number] = shop.post("/inventory/" .. shop.product(number) .. "/reserve", '{"quantity":1}')
    end
    shop.send_any_of(requests)
end
