CREATE TABLE furniture_items (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text          NOT NULL,
    category   text          NOT NULL,
    price      numeric(9, 2) NOT NULL CHECK (price >= 0),
    product_id text,
    version    bigint        NOT NULL DEFAULT 1
);

CREATE INDEX furniture_items_of_category ON furniture_items (category, id);

INSERT INTO furniture_items (name, category, price) VALUES
    ('Oak Desk', 'Office', 299.99),
    ('Leather Sofa', 'Living Room', 899.99);
