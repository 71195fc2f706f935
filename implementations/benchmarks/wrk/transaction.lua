-- A transaction without a reference.
local shop = require "shop"

function init()
    shop.send_any_of({shop.post("/transactions", '{"item":"Film Camera","price":249.00,"date":"2025-10-29","customer":"Jane Smith"}')})
end
