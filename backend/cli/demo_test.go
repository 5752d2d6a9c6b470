package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	"database-structure-sync/backend/samples"
)

func TestTheDemoProvesItselfAndLeavesNothing(t *testing.T) {
	temporary := t.TempDir()
	start(t, []string{"TMPDIR=" + temporary}, "demo").wait().expect(t, 0,
		"$ dbstruct diff $SOURCE $TARGET", "+ table coupons", "BEGIN IMMEDIATE;", "Verified: the structure of the target now equals",
		"Proven equal.", "newsletter_subscribers with its 66 rows", "are deleted")
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
}

func TestTheDemoKeepsItsDatabasesWhereItIsTold(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a shop")
	source, target := filepath.Join(dir, samples.SourceName), filepath.Join(dir, samples.TargetName)
	for range 2 { // a second time replaces them
		dbstruct(t, "demo", "--dir", dir).expect(t, 0, "Proven equal.", "are still there", "dbstruct demo --remove --dir '"+dir+"'")
	}
	dbstruct(t, "diff", "sqlite:"+encoded(source), "sqlite:"+encoded(target)).expect(t, 0)
	dbstruct(t, "demo", "--remove", "--dir", dir).expect(t, 0, "are deleted")
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder is still there")
	}
	refused(t, dbstruct(t, "demo", "--remove", "--dir", dir), "there are no sample databases")
	refused(t, dbstruct(t, "demo", "--remove"), "--remove needs --dir")
}

func TestTheDemoLeavesFilesOfOthersAlone(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, samples.TargetName)
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, dbstruct(t, "demo", "--dir", dir), "is no sample database that this program has made, so it is left alone")
	refused(t, dbstruct(t, "demo", "--dir", dir, "--remove"), "nothing was deleted")
	if text, err := os.ReadFile(mine); err != nil || string(text) != "mine" {
		t.Errorf("the file is %q (%v)", text, err)
	}
}
