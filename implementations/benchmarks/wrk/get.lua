-- One of 1,000 products.
local shop = require "shop"

function init()
    shop.seed()
    local requests = {}
    for number = 1, 1000 do
        requests[number] = shop.get("/inventory/" .. shop.product(number))
    end
    shop.send_any_of(requests)
end
