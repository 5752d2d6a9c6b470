package mysql

import (
	"math/big"
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// sequenceNodes render MariaDB's sequences, which change in place and keep their value.
func (d dialect) sequenceNodes(op plan.Op) ([]plan.Node, error) {
	if op.Action == diff.Drop {
		return d.one(op, "DROP SEQUENCE "+quoteIdent(op.Before.Key().Name)), nil
	}
	s := op.After.(*schema.Sequence)
	if !d.f.sequences() {
		return nil, d.cannot(s.Key(), "cannot exist on %s, which has no sequences: use AUTO_INCREMENT columns, or leave it out", d.f.name())
	}
	if s.Options.Type != "" && !d.f.sequenceTypes() {
		return nil, d.cannot(s.Key(), "has a type, which %s %s does not have: leave the type out in the source", d.f.name(), d.f.version())
	}
	if op.Action == diff.Create {
		return d.one(op, createSequence(s)), nil
	}
	statements := make([]plan.Statement, 0, 4)
	for _, sql := range alterSequence(op.Before.(*schema.Sequence), s) {
		statements = append(statements, plan.Statement{SQL: sql, Key: op.Key(), Action: op.Action})
	}
	statements[len(statements)-1].Hazards = d.opHazards(op)
	return []plan.Node{d.node(op, statements...)}, nil
}

func createSequence(s *schema.Sequence) string {
	w := &words{}
	w.add("CREATE SEQUENCE " + quoteIdent(s.Name))
	w.addIf(s.Options.Type != "", "AS "+s.Options.Type)
	w.add(sequenceOptions(s.Options))
	if v := s.Attrs.Get(attrEngine); v != "" {
		w.add("ENGINE=" + v)
	}
	w.addIf(s.Comment != "", "COMMENT="+quoteString(s.Comment))
	return w.String()
}

func sequenceOptions(o schema.SequenceOptions) string {
	w := &words{}
	for _, x := range [][2]string{{"START WITH ", o.Start}, {"MINVALUE ", o.Min}, {"MAXVALUE ", o.Max}, {"INCREMENT BY ", o.Increment}, {"CACHE ", o.Cache}} {
		w.addIf(x[1] != "", x[0]+x[1])
	}
	if o.Cycle {
		w.add("CYCLE")
	} else {
		w.add("NOCYCLE")
	}
	return w.String()
}

// alterSequence lists the statements that change a sequence. The server wants its value to lie within the new bounds,
// its type to change alone, and its comment and engine to change as those of a table.
func alterSequence(before, after *schema.Sequence) []string {
	name := quoteIdent(after.Name)
	was, is := before.Options, after.Options
	var out []string
	if kind := is.Type; kind != was.Type {
		if kind == "" {
			kind = "bigint"
		}
		// MariaDB 11.8 takes the keys of the session's latest CREATE or ALTER TABLE for the sequence's and refuses (error
		// 4086), unless that had none.
		out = append(out, "ALTER TABLE "+name+" COMMENT="+quoteString(after.Comment), "ALTER SEQUENCE "+name+" AS "+kind)
	}
	was.Type, is.Type = "", ""
	if was != is {
		options := "ALTER SEQUENCE " + name + " " + sequenceOptions(is)
		if turns(before, after) {
			options += " RESTART WITH " + is.Start
		}
		changes := append(moveInto(name, was, is), options)
		if fitsSequenceType(is, before.Options.Type) {
			out = append(changes, out...)
		} else {
			out = append(out, changes...)
		}
		if was.Start != is.Start && !turns(before, after) {
			out = restartIfUnused(name, was.Start, is.Start, out)
		}
	}
	var table []string
	if after.Comment != before.Comment && before.Options.Type == after.Options.Type {
		table = append(table, "COMMENT="+quoteString(after.Comment))
	}
	if changed(before, after, attrEngine) {
		engine := after.Attrs.Get(attrEngine)
		if engine == "" {
			engine = "InnoDB"
		}
		table = append(table, "ENGINE="+engine)
	}
	if len(table) > 0 {
		out = append(out, "ALTER TABLE "+name+" "+strings.Join(table, ", "))
	}
	return out
}

// restartIfUnused wraps the changes of a sequence so that one which stands at its start still does so afterwards. One that
// has given out numbers keeps its value.
func restartIfUnused(name, was, is string, changes []string) []string {
	look := "SET @dbstruct_unused = (SELECT next_not_cached_value = " + was + " FROM " + name + ")"
	restart := quoteString("ALTER SEQUENCE " + name + " RESTART WITH " + is)
	return append(slices.Insert(changes, 0, look), "EXECUTE IMMEDIATE IF(@dbstruct_unused, "+restart+", 'DO 0')")
}

// moveInto brings a sequence's value forward into bounds that start beyond it. A value that is already there stays.
func moveInto(name string, was, is schema.SequenceOptions) []string {
	step, wasMin, wasMax, min, max := number64(was.Increment), number64(was.Min), number64(was.Max), number64(is.Min), number64(is.Max)
	bound, widen := "", ""
	switch {
	case step.Sign() != number64(is.Increment).Sign():
		return nil
	case step.Sign() >= 0 && min.Cmp(wasMin) > 0:
		bound = is.Min
		if min.Cmp(wasMax) > 0 {
			widen = "MAXVALUE " + is.Max
		}
	case step.Sign() < 0 && max.Cmp(wasMax) < 0:
		bound = is.Max
		if max.Cmp(wasMin) < 0 {
			widen = "MINVALUE " + is.Min
		}
	default:
		return nil
	}
	out := []string{"DO SETVAL(" + name + ", " + bound + ", 0)"}
	if widen != "" {
		out = slices.Insert(out, 0, "ALTER SEQUENCE "+name+" "+widen)
	}
	return out
}

// turns tells that the sequence changes its direction, for which it has to start anew.
func turns(before, after *schema.Sequence) bool {
	return number64(before.Options.Increment).Sign() != number64(after.Options.Increment).Sign()
}

// number64 is a number of a sequence, which may need 64 bits without a sign; 0 for what is none.
func number64(text string) *big.Int {
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return new(big.Int)
	}
	return n
}

// fitsSequenceType tells whether the bounds lie within the type; "" is bigint.
func fitsSequenceType(o schema.SequenceOptions, typ string) bool {
	if typ == "" {
		typ = "bigint"
	}
	t := parseType(typ)
	bits := uint(integerBits[t.base])
	if !t.unsigned {
		bits--
	}
	limit := new(big.Int).Lsh(big.NewInt(1), bits)
	least := new(big.Int)
	if !t.unsigned {
		least.Neg(limit)
	}
	return number64(o.Min).Cmp(least) >= 0 && number64(o.Max).Cmp(limit) < 0
}
