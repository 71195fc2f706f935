-- The newest 50 metrics and the summary of all metrics.
local shop = require "shop"

function init()
    shop.send_any_of({shop.get("/metrics?limit=50")})
end
