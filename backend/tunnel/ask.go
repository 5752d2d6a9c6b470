package tunnel

import "context"

// Asker asks whoever uses the program. Its methods are called one at a time for one tunnel, and may take as long as a
// person does; they end when the context does.
type Asker interface {
	// HostKey asks whether the key of a host that nothing is known of may be trusted.
	HostKey(ctx context.Context, q HostKeyQuestion) (Trust, error)
	// Secret asks for a password or a passphrase; ok false: there is none, and other ways to log in are tried.
	Secret(ctx context.Context, q SecretQuestion) (value string, ok bool, err error)
	// Prompts asks what a host wants to know, one answer for each prompt; ok false: there are none.
	Prompts(ctx context.Context, q PromptsQuestion) (answers []string, ok bool, err error)
}

// Trust is the answer about a host's key.
type Trust string

// The answers.
const (
	Distrust  Trust = ""     // do not connect
	TrustOnce Trust = "once" // until the program ends
	TrustSave Trust = "save" // and add it to the file of known hosts
	// Unasked: there was nobody to ask. It ends as Distrust does, in other words.
	Unasked Trust = "unasked"
)

// HostKeyQuestion is about the key of a host that is in no file of known hosts.
type HostKeyQuestion struct {
	Hop         Hop
	Name        string // as it would stand in the file: host or [host]:port
	Type        string // "ssh-ed25519", …
	Fingerprint string // "SHA256:…"
	File        string // that TrustSave adds it to
}

// SecretKind is what a SecretQuestion asks for.
type SecretKind string

// The kinds.
const (
	HostPassword  SecretKind = "password"   // of the user on the host
	KeyPassphrase SecretKind = "passphrase" // of a private key's file
)

// SecretQuestion asks for a secret.
type SecretQuestion struct {
	Hop     Hop
	Kind    SecretKind
	KeyFile string // of a passphrase
	Attempt int    // 1 for the first question; more: the answer before was wrong
}

// PromptsQuestion is what a host asks.
type PromptsQuestion struct {
	Hop               Hop
	Name, Instruction string // may be ""
	Prompts           []Prompt
}

// Prompt is one thing that a host asks for.
type Prompt struct {
	Text string
	Echo bool // what is typed may be seen
}

// NoAsker is the Asker for where there is nobody to ask.
type NoAsker struct{}

// HostKey trusts nothing.
func (NoAsker) HostKey(context.Context, HostKeyQuestion) (Trust, error) { return Unasked, nil }

// Secret has none.
func (NoAsker) Secret(context.Context, SecretQuestion) (string, bool, error) { return "", false, nil }

// Prompts has no answers.
func (NoAsker) Prompts(context.Context, PromptsQuestion) ([]string, bool, error) {
	return nil, false, nil
}
