-- One unit of one of 1,000 products, each time with an Idempotency-Key that was never sent before.
local shop = require "shop"

function init()
    shop.seed()
    local heads = {}
    local tail
    for number = 1, 1000 do
        local head, rest = shop.post("/inventory/" .. shop.product(number) .. "/reserve", '{"quantity":1}')
            :match("^([^\r]+\r\n)(.*)$")
        heads[number] = head .. "Idempotency-Key: "
        tail = "\r\n" .. rest
    end
    local key = string.format("%d-%d-%d-", os.time(), math.random(1000000000), thread_number)
    local sent = 0
    request = function()
        sent = sent + 1
        return heads[math.random(1000)] .. key .. sent .. tail
    end
end
