package main

import (
	_ "embed"

	"database-structure-sync/backend/internal/testdb"
)

// story is what happens on one server.
type story struct {
	engine string
	flavor string // the engine's name as people write it
	schema string // name of the example schema
	file   string // its script, seen from the top of the repository
	drift  string // script that turns a copy into the older, changed variant with rows in it
	judge  string // name of the server's own dump program
	aside  string // what the judges' verdict leaves aside, in words
	kept   []rows
	lost   []rows
}

// rows are a query whose answer shows that rows are still there, or that they are gone.
type rows struct{ what, query string }

// The schemas as their authors publish them; licences lie beside them.
const schemas = "backend/engine/enginetest/testdata/schemas/"

//go:embed testdata/pagila-before.sql
var pagilaBefore string

//go:embed testdata/sakila-before.sql
var sakilaBefore string

// Of what is kept, the queries name the columns that both variants have: every value must still be there afterwards.
var stories = []story{
	{
		engine: testdb.Postgres, flavor: "PostgreSQL", schema: "pagila", file: schemas + "postgres/pagila.sql",
		drift: pagilaBefore, judge: "pg_dump --schema-only",
		kept: []rows{
			{"film", "SELECT film_id, title, description, release_year, rental_rate, length, rating, fulltext FROM film ORDER BY 1"},
			{"customer", "SELECT customer_id, first_name, last_name, email, address_id, activebool FROM customer ORDER BY 1"},
			{"address", "SELECT address_id, address, district, city_id, postal_code, phone FROM address ORDER BY 1"},
			{"staff", "SELECT staff_id, first_name, last_name, email, username FROM staff ORDER BY 1"},
			{"store", "SELECT store_id, manager_staff_id, address_id FROM store ORDER BY 1"},
			{"inventory", "SELECT inventory_id, film_id, store_id FROM inventory ORDER BY 1"},
			{"rental", "SELECT rental_id, rental_date, inventory_id, customer_id, return_date FROM rental ORDER BY 1"},
			{"payment (partitioned)", "SELECT tableoid::regclass, payment_id, customer_id, rental_id, amount, payment_date FROM payment ORDER BY 2"},
		},
		lost: []rows{
			{"the %d rows of the table import_2021", "SELECT * FROM import_2021"},
			{"the %d values of the column address.legacy_code", "SELECT legacy_code FROM address"},
		},
	},
	{
		engine: testdb.MariaDB, flavor: "MariaDB", schema: "sakila", file: schemas + "mysql/sakila.sql",
		drift: sakilaBefore, judge: "mariadb-dump --no-data --routines --triggers",
		aside: "; left aside are the counters of AUTO_INCREMENT, which belong to the rows, and in which order keys were created",
		kept: []rows{
			{"film", "SELECT film_id, title, description, release_year, rental_rate, length, rating, special_features FROM film ORDER BY 1"},
			{"customer", "SELECT customer_id, first_name, last_name, email, address_id, active FROM customer ORDER BY 1"},
			{"address", "SELECT address_id, address, district, city_id, postal_code, phone FROM address ORDER BY 1"},
			{"staff", "SELECT staff_id, first_name, last_name, email, username FROM staff ORDER BY 1"},
			{"store", "SELECT store_id, manager_staff_id, address_id FROM store ORDER BY 1"},
			{"inventory", "SELECT inventory_id, film_id, store_id FROM inventory ORDER BY 1"},
			{"rental", "SELECT rental_id, rental_date, inventory_id, customer_id, return_date FROM rental ORDER BY 1"},
			{"payment", "SELECT payment_id, customer_id, rental_id, amount, payment_date FROM payment ORDER BY 1"},
		},
		lost: []rows{
			{"the %d rows of the table import_2021", "SELECT * FROM import_2021"},
			{"the %d values of the column address.legacy_code", "SELECT legacy_code FROM address"},
		},
	},
}
