-- One unit of one product that every client wants.
local shop = require "shop"

function init()
    shop.send_any_of({shop.post("/inventory/" .. shop.product(1) .. "/reserve", '{"quantity":1}')})
end
