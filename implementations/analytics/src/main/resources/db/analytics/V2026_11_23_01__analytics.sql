CREATE TABLE metrics (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction_type text           NOT NULL,
    duration         numeric(11, 3) NOT NULL CHECK (duration >= 0),
    success          boolean        NOT NULL,
    recorded_at      timestamptz(3) NOT NULL DEFAULT now()
);

-- They also hold what the summary of a filter needs, so that it does not read the table.
CREATE INDEX metrics_newest ON metrics (recorded_at, id) INCLUDE (success, duration);
CREATE INDEX metrics_of_type ON metrics (transaction_type, recorded_at, id) INCLUDE (success, duration);

INSERT INTO metrics (transaction_type, duration, success, recorded_at) VALUES
    ('user_login', 85, true, '2025-07-21T07:15:00Z'),
    ('payment_processing', 210, false, '2025-07-21T07:16:30Z');

INSERT INTO totals (name, items, amount)
SELECT CASE WHEN success THEN 'successes' ELSE 'failures' END, count(*), sum(duration) FROM metrics GROUP BY success;
