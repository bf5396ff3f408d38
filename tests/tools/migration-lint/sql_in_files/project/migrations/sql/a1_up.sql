-- The shop.
CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    status text NOT NULL,
    total numeric(12, 2)
);

CREATE TABLE customers (id bigint PRIMARY KEY, email text);
