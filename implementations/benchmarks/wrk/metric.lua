-- The metric of a checkout.
local shop = require "shop"

function init()
    shop.send_any_of({shop.post("/metrics", '{"transactionType":"checkout","durationMs":150,"success":true}')})
end
