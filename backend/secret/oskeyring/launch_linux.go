package oskeyring

import "database-structure-sync/backend/secret/oskeyring/internal/nolaunch"

func init() { nolaunch.Restore() }
