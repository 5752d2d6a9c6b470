// Command dbstruct compares the structure of databases and makes one like another. It only puts the engines and the
// command line together.
package main

import (
	"os"

	"database-structure-sync/backend/cli"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/engine/sqlite"
	"database-structure-sync/backend/internal/heap"
	"database-structure-sync/backend/internal/private"
	"database-structure-sync/backend/secret/oskeyring"
)

func main() {
	private.Memory()
	heap.Spare(heap.Enough)
	os.Exit(cli.Main(cli.Setup{
		Engines: engine.NewRegistry(postgres.Engine{}, mysql.Engine{}, sqlite.Engine{}), Keyring: oskeyring.Open,
	}))
}
