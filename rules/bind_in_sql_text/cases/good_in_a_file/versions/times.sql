UPDATE orders SET status = '12:30'::text WHERE id = 1;
