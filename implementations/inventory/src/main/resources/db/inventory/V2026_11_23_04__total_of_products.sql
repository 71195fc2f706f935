-- Who is about to count a product comes before or fails.
LOCK TABLE product_totals IN ACCESS EXCLUSIVE MODE;

INSERT INTO totals (name, items, amount) SELECT 'products', sum(products), 0 FROM product_totals;

DROP TABLE product_totals;
