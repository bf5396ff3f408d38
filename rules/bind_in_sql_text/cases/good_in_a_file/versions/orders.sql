UPDATE orders SET status = 'old' WHERE id = 1;
UPDATE orders SET status = '{"is":new}' WHERE id = 2;
