-- Each total is the sum of the rows with its name: see Totals.
CREATE TABLE totals (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name   text    NOT NULL,
    items  bigint  NOT NULL,
    amount numeric NOT NULL
);

CREATE INDEX totals_of_name ON totals (name);
