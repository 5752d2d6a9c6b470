package postgres

import "database-structure-sync/backend/schema"

func enumQueries() []query {
	return []query{
		{
			"enums", `SELECT oid, typname, typnamespace FROM pg_type WHERE oid >= 16384 AND typtype = 'e'`,
			func(r *reader, w row) error {
				oid := w.oid(0)
				in, ok := r.own(classType, oid, w.oid(2))
				if !ok {
					return nil
				}
				e := &schema.Enum{Schema: in, Name: w.text(1)}
				r.track(classType, oid, e)
				r.enums[oid] = e
				r.put(in, e)
				return nil
			},
		},
		{
			"enums", `SELECT enumtypid, enumlabel FROM pg_enum WHERE enumtypid >= 16384 ORDER BY enumtypid, enumsortorder`,
			func(r *reader, w row) error {
				if e := r.enums[w.oid(0)]; e != nil {
					e.Labels = append(e.Labels, w.text(1))
				}
				return nil
			},
		},
	}
}
