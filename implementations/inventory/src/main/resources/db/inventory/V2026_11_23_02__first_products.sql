INSERT INTO products (product_id, name, stock_level, unassigned) VALUES
    ('OLJCESPC7Z', 'Vintage Typewriter', 45, 3),
    ('66VCHSJNUP', 'Vintage Camera Lens', 12, 0),
    ('1YMWWN1N4O', 'Home Barista Kit', 8, 2),
    ('L9ECAV7KIM', 'Terrarium', 25, 1),
    ('2ZYFJ3GM2N', 'Film Camera', 15, 0),
    ('0PUK6V6EV0', 'Vintage Record Player', 3, 1),
    ('LS4PSXUNUM', 'Metal Camping Mug', 100, 5),
    ('9SIQT8TOJO', 'City Bike', 7, 0),
    ('6E92ZMYYFZ', 'Air Plant', 30, 2);

INSERT INTO movements (product_id, kind, stock_delta, reserved_delta)
SELECT product_id, 'opening', stock_level, unassigned FROM products ORDER BY product_id;

INSERT INTO product_totals (shard, products) SELECT 0, count(*) FROM products;
