UPDATE orders SET status = 'new' WHERE id = :id;
