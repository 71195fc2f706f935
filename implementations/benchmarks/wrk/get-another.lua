-- Always the same product, which is not the hot one.
local shop = require "shop"

function init()
    shop.send_any_of({shop.get("/inventory/" .. shop.product(500))})
end
