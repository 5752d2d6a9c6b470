package api

// Connection is a saved connection as the window shows it. It holds no secret, only whether one is saved.
type Connection struct {
	ConnectionFields
	ID      string `json:"id"`
	Address string `json:"address"` // URL without secrets
	// SavedSecrets are the names of those that are saved: password, ssh_password, key_passphrase, tls_key_passphrase.
	SavedSecrets []string `json:"savedSecrets"`
	LastUsed     string   `json:"lastUsed"` // RFC 3339; "": never
	Sample       bool     `json:"sample"`   // one of the two that Samples makes
}

// ConnectionFields are what a user fills in, secrets apart.
type ConnectionFields struct {
	Name        string   `json:"name"`
	Engine      string   `json:"engine"`      // postgres, mysql, mariadb, sqlite
	Environment string   `json:"environment"` // development, staging, production, ""
	Group       string   `json:"group"`
	Host        string   `json:"host"`
	Port        int      `json:"port"` // 0: the engine's default
	Socket      string   `json:"socket"`
	Database    string   `json:"database"`
	User        string   `json:"user"`
	Schemas     []string `json:"schemas"`
	File        string   `json:"file"` // SQLite
	TLS         TLS      `json:"tls"`
	SSH         SSH      `json:"ssh"`
	// AskPassword: the password is asked for every time and never saved.
	AskPassword    bool `json:"askPassword"`
	ConnectTimeout int  `json:"connectTimeout"` // seconds; 0: the default
}

// TLS says how the connection is secured.
type TLS struct {
	Mode       string `json:"mode"` // disable, prefer, require, verify-ca, verify-full; "": prefer
	RootCert   string `json:"rootCert"`
	Cert       string `json:"cert"`
	Key        string `json:"key"`
	ServerName string `json:"serverName"`
	// AskPassphrase: the passphrase of the key is asked for every time and never saved.
	AskPassphrase bool `json:"askPassphrase"`
	// Parameters are further ones of the connection's URL, by name: channel_binding, allowPublicKeyRetrieval, …
	Parameters map[string]string `json:"parameters"`
}

// SSH says through which host the database is reached.
type SSH struct {
	Enabled     bool   `json:"enabled"`
	Host        string `json:"host"` // a name, an address or an alias of ~/.ssh/config
	Port        int    `json:"port"` // 0: what ~/.ssh/config says, else 22
	User        string `json:"user"` // "": likewise, else the user of this system
	Auth        string `json:"auth"` // automatic, agent, key, password, interactive
	KeyFile     string `json:"keyFile"`
	Certificate string `json:"certificate"` // of the key; "": the one beside it, where there is one
	Jumps       string `json:"jumps"`       // [user@]host[:port], with commas between; "": what ~/.ssh/config says, none: none
	ConfigFile  string `json:"configFile"`  // in the place of ~/.ssh/config; none: no file
	AskSecret   bool   `json:"askSecret"`   // the password on the host, every time
	// AskPassphrase: likewise the passphrase of the key.
	AskPassphrase bool `json:"askPassphrase"`
}

// ConnectionDraft is a connection as it is being edited.
type ConnectionDraft struct {
	ConnectionFields
	ID string `json:"id"` // "": a new one
	// Secrets by the names of Connection.SavedSecrets; what is not in it is kept.
	Secrets map[string]SecretChange `json:"secrets"`
}

// SecretChange says what becomes of a secret: keep (what is saved), set, clear. Value is for set.
type SecretChange struct {
	Action string `json:"action"`
	Value  string `json:"value"`
}

// String keeps the value out of logs.
func (c SecretChange) String() string { return c.Action }

// GoString keeps the value out of logs.
func (c SecretChange) GoString() string { return c.Action }

// Problem is something in a draft that cannot be saved: the field's path ("name", "tls.rootCert", "ssh.host",
// "secrets.password"), a code (required, port_range, name_taken, file_missing, …; see service.ProblemCode) and its arguments by name.
type Problem struct {
	Field string            `json:"field"`
	Code  string            `json:"code"`
	Args  map[string]string `json:"args"`
}

// Saved is the result of saving: the connection, or the problems for which nothing was saved.
type Saved struct {
	Connection *Connection `json:"connection"`
	Problems   []Problem   `json:"problems"`
}

// TestReport is how a test of a connection went, step by step up to the one that failed.
type TestReport struct {
	OK bool `json:"ok"`
	// Steps are for each SSH host ssh_resolve (the first only), ssh_connect, ssh_host_key and ssh_login, as far as they were
	// reached; then resolve, connect, tls, login, version, database, rights.
	Steps   []TestStep `json:"steps"`
	Flavor  string     `json:"flavor"`
	Version string     `json:"version"`
	Latency float64    `json:"latency"` // of a round trip, milliseconds
}

// TestStep is one step: ok, failed or skipped (not needed, or not reached). Detail has arguments by name: address, host,
// port, socket, protocol, cipher, subject, issuer, names, expires (of the certificate), user, flavor, version, database, schemas, tables, reason.
// Those of an SSH host have hop, and what tunnel.Step says.
type TestStep struct {
	Name    string            `json:"name"`
	State   string            `json:"state"`
	Detail  map[string]string `json:"detail"`
	Millis  float64           `json:"millis"`
	Failure *Failure          `json:"failure"`
}

// SecretStore says where secrets are kept: keyring, session (only until the program ends), vault (a file with a master
// password), or "" when nothing was chosen yet.
type SecretStore struct {
	Kind      string   `json:"kind"`
	Available []string `json:"available"`
	Locked    bool     `json:"locked"` // a vault that needs its password
	// VaultExists tells that a vault is there to be unlocked rather than made.
	VaultExists bool   `json:"vaultExists"`
	Problem     string `json:"problem"` // why the keyring is not available
}

// ImportResult tells what an import did.
type ImportResult struct {
	Path  string     `json:"path"` // "": the user cancelled
	Added []Imported `json:"added"`
}

// Imported is one connection of an import.
type Imported struct {
	Name     string    `json:"name"`
	Original string    `json:"original"` // differs when the name was taken
	Problems []Problem `json:"problems"` // files that are not there
}

// Preset is a named set of options for comparisons.
type Preset struct {
	Name    string         `json:"name"`
	Options CompareOptions `json:"options"`
}

// LastChoice is what was compared last; ids of connections, "" for none.
type LastChoice struct {
	SourceID string         `json:"sourceId"`
	TargetID string         `json:"targetId"`
	Options  CompareOptions `json:"options"`
}
