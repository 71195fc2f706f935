CREATE TABLE metrics (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction_type text           NOT NULL,
    duration         numeric(11, 3) NOT NULL CHECK (duration >= 0),
    success          boolean        NOT NULL,
    recorded_at      timestamptz(3) NOT NULL DEFAULT now(),
    -- The durations of a bucket differ by at most 1 %. Zero has a bucket of its own. Higher durations have higher buckets.
    bucket           smallint       NOT NULL GENERATED ALWAYS AS
        (CASE WHEN duration > 0 THEN 1 + floor(ln(1000 * duration::float8) / ln(1.01::float8)) ELSE 0 END) STORED
);

-- They also hold what the summary of a time range needs, so that it does not read the table.
CREATE INDEX metrics_newest ON metrics (recorded_at, id) INCLUDE (success, bucket, duration);
CREATE INDEX metrics_of_type ON metrics (transaction_type, recorded_at, id) INCLUDE (success, bucket, duration);

-- A transaction locks a slot before it changes the durations with this slot: see MetricRepository.
CREATE TABLE duration_slots (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at timestamptz NOT NULL
);

-- The numbers of metrics and their total duration are the sums over all slots; a single row may be negative. The transaction
-- type '', which no metric has, stands for all metrics.
CREATE TABLE durations (
    transaction_type text     NOT NULL,
    bucket           smallint NOT NULL,
    slot             bigint   NOT NULL,
    successes        bigint   NOT NULL,
    failures         bigint   NOT NULL,
    total_duration   numeric  NOT NULL,
    PRIMARY KEY (transaction_type, bucket, slot)
) WITH (fillfactor = 50); -- each batch updates many rows of a page, and the new versions fit into the same page

INSERT INTO metrics (transaction_type, duration, success, recorded_at) VALUES
    ('user_login', 85, true, '2025-07-21T07:15:00Z'),
    ('payment_processing', 210, false, '2025-07-21T07:16:30Z');

INSERT INTO duration_slots (created_at) VALUES (now());

INSERT INTO durations (transaction_type, bucket, slot, successes, failures, total_duration)
SELECT coalesce(m.transaction_type, ''), m.bucket, s.id,
    count(*) FILTER (WHERE m.success), count(*) FILTER (WHERE NOT m.success), sum(m.duration)
FROM metrics m CROSS JOIN duration_slots s
GROUP BY GROUPING SETS ((m.transaction_type, m.bucket, s.id), (m.bucket, s.id));
