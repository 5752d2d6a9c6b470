UPDATE customers SET fax = '+49 30 ' || (id * 1234 % 100000) WHERE id % 9 = 0;
INSERT INTO newsletter_subscribers (email, since) SELECT email, substr(created_at, 1, 10) FROM customers WHERE id % 3 = 0;
