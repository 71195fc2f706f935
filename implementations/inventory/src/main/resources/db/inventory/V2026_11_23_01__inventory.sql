CREATE TABLE products (
    product_id   text COLLATE "C" PRIMARY KEY,
    name         text           NOT NULL,
    stock_level  bigint         NOT NULL CHECK (stock_level >= 0),
    unassigned   bigint         NOT NULL DEFAULT 0 CHECK (unassigned >= 0),
    held         bigint         NOT NULL DEFAULT 0 CHECK (held >= 0),
    version      bigint         NOT NULL DEFAULT 1,
    last_updated timestamptz(3) NOT NULL DEFAULT now(),
    archived_at  timestamptz(3),
    -- The number of binary digits of the available quantity. Unlike that quantity, it seldom changes, so it can have an
    -- index, and most changes of stock still add no index entries (HOT updates).
    magnitude    integer GENERATED ALWAYS AS (length(ltrim((stock_level - unassigned - held)::bit(64)::text, '0'))) STORED,
    CONSTRAINT never_oversold CHECK (stock_level >= unassigned + held),
    CONSTRAINT archived_is_not_reserved CHECK (archived_at IS NULL OR unassigned + held = 0)
);

CREATE INDEX products_listed ON products (product_id) WHERE archived_at IS NULL;
CREATE INDEX products_archived ON products (product_id) WHERE archived_at IS NOT NULL;
CREATE INDEX products_magnitude ON products (magnitude) WHERE archived_at IS NULL;
CREATE INDEX products_words ON products
    USING gin (array_to_tsvector(array_remove(regexp_split_to_array(lower(name), '[^[:alnum:]]+'), '')));

-- Movements and lines have no foreign keys, whose checks took a third of PostgreSQL's time for a hold. The transaction that inserts
-- the rows has locked or created the products and the reservation, no product is ever deleted, and a reservation is deleted
-- together with its lines.

-- If movement_id alone had an index, PostgreSQL would look for a busy product's movements among all of the newest.
CREATE TABLE movements (
    movement_id    bigint GENERATED ALWAYS AS IDENTITY,
    product_id     text COLLATE "C" NOT NULL,
    kind           text             NOT NULL,
    stock_delta    bigint           NOT NULL,
    reserved_delta bigint           NOT NULL,
    reservation_id uuid,
    reason         text,
    reference      text,
    caller         text,
    created_at     timestamptz(3)   NOT NULL DEFAULT now(),
    PRIMARY KEY (product_id, movement_id)
);

-- returned has the quantity of each line, in the order of the product ids. It is not in reservation_lines, because a statement
-- that has waited for the lock of a reservation sees the newest version of its row, but the lines as they were before.
CREATE TABLE reservations (
    reservation_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reservation_id uuid           NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    status         text           NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'confirmed', 'cancelled', 'expired')),
    reference      text COLLATE "C",
    created_at     timestamptz(3) NOT NULL DEFAULT now(),
    expires_at     timestamptz(3) NOT NULL,
    fingerprint    text,
    changes        bigint         NOT NULL DEFAULT 0,
    returned       bigint[] CHECK (returned IS NULL OR status = 'confirmed')
);

CREATE UNIQUE INDEX reservations_reference_in_use ON reservations (reference) WHERE status IN ('active', 'confirmed');
CREATE INDEX reservations_of_reference ON reservations (reference, reservation_no DESC);
CREATE INDEX reservations_of_status ON reservations (status, reservation_no);
CREATE INDEX reservations_due ON reservations (expires_at) INCLUDE (reservation_no, reservation_id) WHERE status = 'active';

CREATE TABLE reservation_lines (
    reservation_id uuid             NOT NULL,
    product_id     text COLLATE "C" NOT NULL,
    quantity       bigint           NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (reservation_id, product_id)
);

-- For the deletion of old rows. The indexes are small and cost writers almost nothing.
CREATE INDEX movements_created_at ON movements USING brin (created_at);
CREATE INDEX reservations_created_at ON reservations USING brin (created_at);

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

INSERT INTO movements (product_id, kind, stock_delta, reserved_delta, created_at)
SELECT product_id, 'opening', stock_level, unassigned, last_updated FROM products ORDER BY product_id;

INSERT INTO totals (name, items, amount) SELECT 'products', count(*), 0 FROM products;
