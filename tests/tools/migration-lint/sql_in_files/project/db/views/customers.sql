CREATE VIEW named AS SELECT email FROM customers;
DROP TABLE customers CASCADE;
