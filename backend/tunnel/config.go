package tunnel

import (
	"fmt"
	"time"
)

// Auth says how to log in to a host.
type Auth string

// The ways to log in.
const (
	Automatic   Auth = "automatic" // agent, configured and usual keys, then questions; the zero value means the same
	Agent       Auth = "agent"
	Key         Auth = "key"
	Password    Auth = "password"
	Interactive Auth = "interactive" // questions that the host asks, such as for a second factor
)

// None as a configuration file or as jump hosts means that there is none, whatever ssh would use.
const None = "none"

// Config says through which hosts a tunnel leads.
type Config struct {
	// Host is the last host: a name, an address, or an alias of the configuration file, which may say more about it. What
	// stands here goes before what stands there.
	Host string
	Port int    // 0: the configuration file's, else 22
	User string // "": the configuration file's, else the user of this system
	Auth Auth   // of the last host; jump hosts are logged in to automatically
	// KeyFile is the private key for the last host, "~" allowed; "": the configuration file's, else the usual ones. With a
	// key file no other key is offered.
	KeyFile     string
	Certificate string // of KeyFile; "": KeyFile + "-cert.pub" where that is there
	// Jumps are the hosts before the last one, written as ProxyJump is: [user@]host[:port], with commas between; "": the
	// configuration file's ProxyJump, None: none.
	Jumps string
	// ConfigFile is the file to read in the place of ~/.ssh/config and /etc/ssh/ssh_config; None: no file.
	ConfigFile string
	// KnownHosts are the files with the keys of hosts; the first is the one that keys are added to. nil: what the
	// configuration file says, else ~/.ssh/known_hosts, ~/.ssh/known_hosts2 and those of the system.
	KnownHosts []string
	// AgentSocket is the socket of the agent; "": the configuration file's IdentityAgent, else SSH_AUTH_SOCK; None: no agent.
	AgentSocket string

	ConnectTimeout time.Duration // of each hop, without the time that questions take; 0: the configuration file's, else 15 s
	// KeepAlive is the time between signs of life that are asked for; an answer must come within as long again. 0: the
	// configuration file's ServerAliveInterval where that is shorter, else 5 s. Never longer than MaxKeepAlive.
	KeepAlive time.Duration

	// Trusted has the keys that were trusted for this run only; nil: for this tunnel only.
	Trusted *Trusted
}

// MaxKeepAlive makes that a lost tunnel is noticed within 15 seconds.
const MaxKeepAlive = 7 * time.Second

// Hop is one of the hosts that a tunnel leads through.
type Hop struct {
	Index, Count int    // 0 is the first; the last one is Count-1
	Host         string // as it was written
	Address      string // host name and port that are connected to
	User         string
}

// Last tells whether the hop is the last host, the one that the tunnel was asked to lead to.
func (h Hop) Last() bool { return h.Index == h.Count-1 }

// String is the hop for messages.
func (h Hop) String() string {
	name := fmt.Sprintf("%s@%s", h.User, shortAddress(h.Address))
	if h.Host != "" && h.Host != hostOf(h.Address) {
		return fmt.Sprintf("%s (%s)", h.Host, name)
	}
	return name
}
