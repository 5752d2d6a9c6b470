package postgres

// commentQueries read every comment at once: that is one scan, whatever has comments.
func commentQueries() []query {
	return []query{{
		"comments",
		`SELECT classoid, objoid, objsubid, description FROM pg_description WHERE objoid >= 16384 OR classoid = 2615 AND objoid = 2200`,
		func(r *reader, w row) error {
			r.comments[address{w.oid(0), w.oid(1), w.num(2)}] = w.text(3)
			return nil
		},
	}}
}
