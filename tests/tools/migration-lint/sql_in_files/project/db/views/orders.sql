-- A semicolon; in a comment.
CREATE VIEW open_orders AS SELECT id FROM orders WHERE status = 'a;b';

ALTER TABLE orders ALTER COLUMN id TYPE numeric;
