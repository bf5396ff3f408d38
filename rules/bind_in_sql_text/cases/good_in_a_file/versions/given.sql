UPDATE orders SET status = :status WHERE id = 1;
