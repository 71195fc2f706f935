-- The menu with the stock levels of 200 products.
local shop = require "shop"

function init()
    shop.send_any_of({shop.get("/food")})
end
