package diff

import (
	"slices"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/schema"
)

// CheckRenames refuses renames that make no sense: of what the target does not have, to what the source does not have, or
// that do not lead from one name to one other.
func CheckRenames(d Renamer, source, target *schema.Database, renames []Rename) error {
	all := Renaming(renames)
	seen, taken := map[string]bool{}, map[schema.Key]Rename{}
	members := map[schema.Key]map[string]bool{}
	for _, x := range renames {
		if seen[x.ID()] {
			return refuse(x, "two names are given for it")
		}
		seen[x.ID()] = true
		o := target.Find(x.Key)
		if o == nil {
			return refuse(x, "the target has none of that name")
		}
		goal := source.Find(all.Key(x.Key))
		if x.Member != "" {
			if members[x.Key] == nil {
				members[x.Key] = map[string]bool{}
			}
			if err := checkMember(d, x, o, goal, all, members[x.Key]); err != nil {
				return err
			}
			continue
		}
		if err := checkObject(d, x, target, goal, all); err != nil {
			return err
		}
		to := all.Key(x.Key)
		if other, twice := taken[to]; twice {
			return refuse(x, "%s is to have that name as well", other.Key)
		}
		taken[to] = x
	}
	return nil
}

func checkObject(d Renamer, x Rename, target *schema.Database, goal schema.Object, all *schema.Renaming) error {
	switch {
	case !d.RenamesKind(x.Key.Kind):
		return refuse(x, "the target's server knows no renaming of that kind of object; dropping one and creating the other loses nothing")
	case x.To == "" || x.To == x.Key.Name:
		return refuse(x, "it needs another name")
	case goal == nil:
		return refuse(x, "the source has none of that name")
	}
	to := x.Key
	to.Name = x.To
	if target.Find(to) != nil && all.Key(to).Name == to.Name {
		return refuse(x, "the target has one of that name, too")
	}
	return nil
}

func checkMember(d Renamer, x Rename, o, goal schema.Object, all *schema.Renaming, taken map[string]bool) error {
	own := d.Members(o)
	switch {
	case !slices.Contains(own, x.Member):
		return refuse(x, "the target's has no such member")
	case x.To == "" || x.To == x.Member:
		return refuse(x, "it needs another name")
	case goal == nil || !slices.Contains(d.Members(goal), x.To):
		return refuse(x, "the source has no member of that name")
	case taken[x.To], slices.Contains(own, x.To) && all.Member(x.Key, x.To) == x.To:
		return refuse(x, "another member has that name")
	}
	taken[x.To] = true
	return nil
}

// refuse says which rename cannot be, and why.
func refuse(x Rename, text string, args ...any) error {
	what := x.Key.String()
	if x.Member != "" {
		what += " " + x.Member
	}
	return fault.New(fault.BadInput, "%s cannot be renamed to %q: "+text, append([]any{what, x.To}, args...)...)
}
