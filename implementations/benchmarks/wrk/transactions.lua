-- The latest 50 transactions and the total of all transactions.
local shop = require "shop"

function init()
    shop.send_any_of({shop.get("/transactions?limit=50")})
end
