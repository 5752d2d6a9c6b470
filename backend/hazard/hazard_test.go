package hazard

import (
	"strings"
	"testing"
)

func TestASentenceSaysWhatAndWhy(t *testing.T) {
	for _, c := range []struct {
		h    Hazard
		want string
	}{
		{New(DataLoss, "t"), "the data in t is lost"},
		{New(PartitionLoss, "t", "p0"), "the data in partition p0 of t is lost"},
		{New(ValueLoss, "t.a", "int", "{1}"), "values in t.a may be cut or rounded by the change from int to {1}"},
		{Fails("t", NullValues, "a"), "existing rows of t may stand against it: NULL may stand in a"},
		{Fails("{0}", NullValues, "{0}{1}"), "existing rows of {0} may stand against it: NULL may stand in {0}{1}"},
		{Fails("t", NoPartition), "existing rows of t may stand against it: some may fit into none of the partitions"},
		{Doubt("t.a", CounterStartsAgain), "t.a: the counter starts anew and may meet existing values"},
	} {
		if got := c.h.String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestOnlySomeHazardsHaveAReason(t *testing.T) {
	if reason, args := Fails("t", CastFails, "a", "int").Reason(); reason != CastFails || strings.Join(args, " ") != "a int" {
		t.Errorf("got %s %v", reason, args)
	}
	if reason, args := New(ValueLoss, "t.a", "int", "text").Reason(); reason != "" || args != nil {
		t.Errorf("got %s %v", reason, args)
	}
}
