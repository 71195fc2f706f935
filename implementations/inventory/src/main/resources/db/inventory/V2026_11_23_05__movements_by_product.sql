-- Where there is an index on movement_id alone, PostgreSQL looks for a busy product's movements among all of the newest.
ALTER TABLE movements DROP CONSTRAINT movements_pkey, ADD PRIMARY KEY (product_id, movement_id);
DROP INDEX movements_of_product;
