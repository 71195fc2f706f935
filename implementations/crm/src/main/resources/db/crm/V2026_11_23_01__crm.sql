CREATE TABLE customers (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    text   NOT NULL,
    surname text   NOT NULL,
    email   text,
    version bigint NOT NULL DEFAULT 1
);

CREATE INDEX customers_of_email ON customers (lower(email), id);

-- The expression is that of SearchText.
CREATE INDEX customers_words ON customers USING gin (array_to_tsvector(array_remove(
    regexp_split_to_array(lower(name || ' ' || surname || ' ' || coalesce(email, '')), '[^[:alnum:]]+'), '')));

INSERT INTO customers (name, surname) VALUES
    ('John', 'Doe'),
    ('Jane', 'Smith');
