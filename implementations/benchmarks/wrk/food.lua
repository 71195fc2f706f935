-- The menu with the stock levels of 200 products. A target that cannot reach its inventory in time answers without them, which is fast and
-- must not count.
local shop = require "shop"

function init()
    shop.send_any_of({shop.get("/food")})
    shop.expect('"checked":true')
end
