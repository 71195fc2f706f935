CREATE TABLE food_items (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text          NOT NULL,
    category   text          NOT NULL,
    price      numeric(9, 2) NOT NULL CHECK (price >= 0),
    available  boolean       NOT NULL,
    product_id text,
    version    bigint        NOT NULL DEFAULT 1
);

INSERT INTO food_items (name, category, price, available) VALUES
    ('Pizza Margherita', 'Italian', 12.99, true),
    ('Sushi Roll', 'Japanese', 15.99, true),
    ('Burger Deluxe', 'American', 10.99, true),
    ('Pad Thai', 'Thai', 11.99, true),
    ('Tacos', 'Mexican', 9.99, true);
