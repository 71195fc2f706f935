CREATE TABLE idempotency_keys (
    caller      text        NOT NULL,
    method      text        NOT NULL,
    path        text        NOT NULL,
    key         text        NOT NULL,
    fingerprint text        NOT NULL,
    status      integer,
    location    text,
    etag        text,
    body        text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (caller, method, path, key)
);

CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);

-- Each total is the sum of the rows with its name: see Totals.
CREATE TABLE totals (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name   text    NOT NULL,
    items  bigint  NOT NULL,
    amount numeric NOT NULL
);

CREATE INDEX totals_of_name ON totals (name);
