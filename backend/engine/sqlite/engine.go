package sqlite

const (
	dialectName = "sqlite"
	flavorName  = "SQLite"
)

// Engine opens SQLite databases.
type Engine struct{}

// Dialect implements engine.Engine.
func (Engine) Dialect() string { return dialectName }

// Schemes implements engine.Engine.
func (Engine) Schemes() []string { return []string{"sqlite"} }
