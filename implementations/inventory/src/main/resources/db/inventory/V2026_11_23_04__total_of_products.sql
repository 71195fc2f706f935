INSERT INTO totals (name, items, amount) SELECT 'products', sum(products), 0 FROM product_totals;

DROP TABLE product_totals;
