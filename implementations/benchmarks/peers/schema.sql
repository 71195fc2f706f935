-- The schema and the first rows of the peers that have a database: fastify.js and the Java package `plain`.

CREATE TABLE products (
    product_id   text COLLATE "C" PRIMARY KEY,
    name         text           NOT NULL,
    stock_level  bigint         NOT NULL,
    reserved     bigint         NOT NULL DEFAULT 0,
    last_updated timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT never_oversold CHECK (reserved BETWEEN 0 AND stock_level)
);

CREATE TABLE movements (
    movement_id    bigint GENERATED ALWAYS AS IDENTITY,
    product_id     text COLLATE "C" NOT NULL,
    kind           text             NOT NULL,
    reserved_delta bigint           NOT NULL,
    reservation_id uuid,
    created_at     timestamptz(3)   NOT NULL DEFAULT now(),
    PRIMARY KEY (product_id, movement_id)
);

CREATE TABLE reservations (
    reservation_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    status         text           NOT NULL DEFAULT 'active',
    reference      text UNIQUE,
    created_at     timestamptz(3) NOT NULL DEFAULT now(),
    expires_at     timestamptz(3) NOT NULL
);

CREATE INDEX reservations_due ON reservations (expires_at) WHERE status = 'active';

CREATE TABLE reservation_lines (
    reservation_id uuid             NOT NULL,
    product_id     text COLLATE "C" NOT NULL,
    quantity       bigint           NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (reservation_id, product_id)
);

CREATE TABLE idempotency_keys (
    path       text        NOT NULL,
    key        text        NOT NULL,
    request    text        NOT NULL,
    response   jsonb       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (path, key)
);

CREATE TABLE metrics (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction_type text           NOT NULL,
    duration         numeric(11, 3) NOT NULL CHECK (duration >= 0),
    success          boolean        NOT NULL,
    recorded_at      timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX metrics_newest ON metrics (recorded_at, id);

CREATE TABLE transactions (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item      text          NOT NULL,
    price     numeric(9, 2) NOT NULL CHECK (price >= 0),
    date      date          NOT NULL,
    customer  text,
    reference text UNIQUE
);

CREATE INDEX transactions_latest ON transactions (date, id);

CREATE TABLE food_items (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name      text          NOT NULL,
    category  text          NOT NULL,
    price     numeric(9, 2) NOT NULL CHECK (price >= 0),
    available boolean       NOT NULL
);

INSERT INTO products (product_id, name, stock_level)
SELECT 'product-' || lpad(n::text, 4, '0'), 'Product ' || n, 1000000000 FROM generate_series(1, 1000) AS n;

INSERT INTO food_items (name, category, price, available) VALUES
    ('Pizza Margherita', 'Italian', 12.99, true),
    ('Sushi Roll', 'Japanese', 15.99, true),
    ('Burger Deluxe', 'American', 10.99, true),
    ('Pad Thai', 'Thai', 11.99, true),
    ('Tacos', 'Mexican', 9.99, true);

ANALYZE;
