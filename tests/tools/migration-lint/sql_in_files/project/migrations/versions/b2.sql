CREATE INDEX ix_orders_status ON orders (status);

/* Nobody reads it. */
ALTER TABLE orders
    DROP COLUMN total;
