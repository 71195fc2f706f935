CREATE TABLE customers (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    text   NOT NULL,
    surname text   NOT NULL,
    email   text,
    version bigint NOT NULL DEFAULT 1
);

CREATE INDEX customers_of_email ON customers (email, id);

INSERT INTO customers (name, surname) VALUES
    ('John', 'Doe'),
    ('Jane', 'Smith');
