-- The first 50 products and the number of all products.
local shop = require "shop"

function init()
    shop.send_any_of({shop.get("/inventory?limit=50")})
end
