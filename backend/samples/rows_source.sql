INSERT INTO coupons (code, percent, valid_from, valid_to) VALUES ('SPRING', 10, '2025-03-01', '2025-05-31'), ('WELCOME', 5, '2025-01-01', NULL);
INSERT INTO reviews (product_id, customer_id, stars, words) SELECT id, id + 3, id % 5 + 1, 'As expected.' FROM products WHERE id % 4 = 0;
