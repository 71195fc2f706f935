CREATE TABLE transactions (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item        text          NOT NULL,
    price       numeric(9, 2) NOT NULL,
    date        date          NOT NULL,
    customer    text,
    reference   text UNIQUE,
    version     bigint        NOT NULL DEFAULT 1,
    fingerprint text,
    refunded    numeric(9, 2) NOT NULL DEFAULT 0,
    refund_of   bigint,
    CONSTRAINT never_refunded_beyond_the_price CHECK (refund_of IS NOT NULL OR refunded BETWEEN 0 AND price),
    CONSTRAINT refund_has_a_negative_price CHECK (refund_of IS NULL OR price < 0 AND refunded = 0)
);

-- It also holds what the summary of a filter needs, so that it does not read the table.
CREATE INDEX transactions_latest ON transactions (date, id) INCLUDE (price);

INSERT INTO transactions (item, price, date, customer) VALUES
    ('Office Supplies', 75.50, '2025-07-20', 'Acme Corp'),
    ('Software License', 299.99, '2025-07-21', 'Tech Solutions'),
    ('Cloud Services', 450.00, '2025-07-22', 'StartupXYZ'),
    ('Consulting Hours', 1200.00, '2025-07-23', 'Enterprise LLC');

INSERT INTO totals (name, items, amount) SELECT 'transactions', count(*), sum(price) FROM transactions;
