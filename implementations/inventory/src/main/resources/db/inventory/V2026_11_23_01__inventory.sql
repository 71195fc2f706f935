CREATE TABLE products (
    product_id   text COLLATE "C" PRIMARY KEY,
    name         text           NOT NULL,
    stock_level  bigint         NOT NULL CHECK (stock_level >= 0),
    unassigned   bigint         NOT NULL DEFAULT 0 CHECK (unassigned >= 0),
    held         bigint         NOT NULL DEFAULT 0 CHECK (held >= 0),
    version      bigint         NOT NULL DEFAULT 1,
    last_updated timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT never_oversold CHECK (stock_level >= unassigned + held)
);

-- How many products there are, spread over rows so that no row is hot.
CREATE TABLE product_totals (
    shard    integer PRIMARY KEY,
    products bigint NOT NULL
);

CREATE TABLE movements (
    movement_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id     text COLLATE "C" NOT NULL REFERENCES products,
    kind           text             NOT NULL,
    stock_delta    bigint           NOT NULL,
    reserved_delta bigint           NOT NULL,
    reservation_id uuid,
    created_at     timestamptz(3)   NOT NULL DEFAULT now()
);

CREATE INDEX movements_of_product ON movements (product_id, movement_id DESC);

CREATE TABLE reservations (
    reservation_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reservation_id uuid           NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    status         text           NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'confirmed', 'cancelled', 'expired')),
    reference      text COLLATE "C",
    created_at     timestamptz(3) NOT NULL DEFAULT now(),
    expires_at     timestamptz(3) NOT NULL
);

CREATE UNIQUE INDEX reservations_reference_in_use ON reservations (reference) WHERE status IN ('active', 'confirmed');
CREATE INDEX reservations_of_reference ON reservations (reference, reservation_no DESC);
CREATE INDEX reservations_due ON reservations (expires_at) WHERE status = 'active';

CREATE TABLE reservation_lines (
    reservation_id uuid             NOT NULL REFERENCES reservations (reservation_id),
    product_id     text COLLATE "C" NOT NULL REFERENCES products,
    quantity       bigint           NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (reservation_id, product_id)
);
