package tunnel

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/kevinburke/ssh_config"
)

// maxIncludes bounds how deep files may include files, as OpenSSH does.
const maxIncludes = 16

// settings are what configuration files say about one host: by keyword in lower case, the first value wins.
type settings struct {
	alias     string
	user      string // asked for from outside, which Match user knows of; may be ""
	localUser string
	values    map[string][]string
	// notes are sentences about what was passed over.
	notes []string
}

// accumulating keywords may stand more than once.
var accumulating = []string{"identityfile", "certificatefile"}

// readSettings is what the files say about a host. A file that is not there says nothing unless it was named.
func readSettings(configFile, alias, asUser string) (*settings, error) {
	s := &settings{alias: alias, user: asUser, localUser: localUser(), values: map[string][]string{}}
	if strings.EqualFold(configFile, None) {
		return s, nil
	}
	files := []string{"~/.ssh/config", "/etc/ssh/ssh_config"}
	if configFile != "" {
		files = []string{configFile}
	}
	for _, file := range files {
		path := ExpandHome(file)
		err := s.read(path, configFile == "" && file == files[1], true, 0)
		if configFile == "" && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
	}
	return s, nil
}

// read takes in a file. Its lines before any Host or Match count when active.
func (s *settings) read(path string, system, active bool, depth int) error {
	if depth > maxIncludes {
		return errors.New("the files include each other too deeply")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return s.apply(string(text), path, system, active, depth)
}

// The parser runs Include and Match in ways of its own, so they go through it under other names.
const (
	includeKeyword = "dbstructinclude"
	matchKeyword   = "dbstructmatch"
)

var ownKeyword = regexp.MustCompile(`(?i)^(\s*)(include|match)(\s*=\s*|\s+|$)`)

// apply takes in the text of a file.
func (s *settings) apply(text, path string, system, active bool, depth int) error {
	var disguised strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if m := ownKeyword.FindStringSubmatch(line); m != nil {
			if rest := line[len(m[0]):]; strings.EqualFold(m[2], "match") {
				line = "Host *\n" + matchKeyword + " " + rest
			} else {
				line = includeKeyword + " " + rest
			}
		}
		disguised.WriteString(line + "\n")
	}
	parsed, err := ssh_config.DecodeBytes([]byte(disguised.String()))
	if err != nil {
		return err
	}
	for i, host := range parsed.Hosts {
		within := active && (i == 0 || matchesList(patternsOf(host), s.alias)) // the first is what stands before any Host
		if err := s.block(host.Nodes, path, system, within, depth); err != nil {
			return err
		}
	}
	return nil
}

// patternsOf are the patterns of a Host line; the parser knows neither tabs between them nor quotes.
func patternsOf(host *ssh_config.Host) []string {
	var words []string
	for _, p := range host.Patterns {
		words = append(words, p.String())
	}
	return unquoted(strings.Join(words, " "))
}

// block takes in the lines below one Host or Match.
func (s *settings) block(nodes []ssh_config.Node, path string, system, active bool, depth int) error {
	for _, node := range nodes {
		kv, ok := node.(*ssh_config.KV)
		if !ok {
			continue
		}
		switch key := strings.ToLower(kv.Key); key {
		case matchKeyword:
			active = active && s.match(kv.Value, path)
		case includeKeyword:
			for _, pattern := range unquoted(kv.Value) {
				if err := s.include(pattern, system, active, depth); err != nil {
					return err
				}
			}
		default:
			if active && kv.Value != "" {
				s.set(key, kv.Value)
			}
		}
	}
	return nil
}

func (s *settings) set(key, value string) {
	switch {
	case slices.Contains(accumulating, key):
		s.values[key] = append(s.values[key], value)
	case s.values[key] == nil:
		s.values[key] = []string{value}
	}
}

// include takes in the files of a pattern, whose own Host lines count only where the Include does.
func (s *settings) include(pattern string, system, active bool, depth int) error {
	path := ExpandHome(s.environment(pattern))
	if !filepath.IsAbs(path) {
		folder := ExpandHome("~/.ssh")
		if system {
			folder = "/etc/ssh"
		}
		path = filepath.Join(folder, path)
	}
	found, err := filepath.Glob(path) // sorted
	if err != nil {
		return fmt.Errorf("including %s: %w", pattern, err)
	}
	for _, file := range found {
		if err := s.read(file, system, active, depth+1); err != nil {
			return fmt.Errorf("including %s: %w", file, err)
		}
	}
	return nil
}

// match tells whether the criteria of a Match line hold. Commands are never run; what cannot be told does not hold, which
// is noted.
func (s *settings) match(criteria, path string) bool {
	words := unquoted(criteria)
	holds := len(words) > 0
	for i := 0; i < len(words); i++ {
		word, negated := strings.CutPrefix(strings.ToLower(words[i]), "!")
		if word == "all" {
			holds = holds && !negated
			continue
		}
		subject, known := s.subject(word)
		if !known || i+1 == len(words) {
			s.notes = append(s.notes, fmt.Sprintf("%s: \"Match %s\" was passed over: %q cannot be judged here", path, criteria, words[i]))
			return false
		}
		i++
		if matchesList(strings.Split(words[i], ","), subject) == negated {
			holds = false
		}
	}
	return holds
}

// subject is what a criterion of Match looks at.
func (s *settings) subject(criterion string) (value string, known bool) {
	switch criterion {
	case "host":
		return s.hostName(), true
	case "originalhost":
		return s.alias, true
	case "user":
		return s.userName(), true
	case "localuser":
		return s.localUser, true
	}
	return "", false
}

// get is the value of a keyword; "" when there is none.
func (s *settings) get(key string) string {
	if v := s.values[strings.ToLower(key)]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// hostName is the name to connect to.
func (s *settings) hostName() string {
	name := s.get("HostName")
	if name == "" {
		return s.alias
	}
	return strings.NewReplacer("%%", "%", "%h", s.alias, "%n", s.alias).Replace(name)
}

func (s *settings) userName() string {
	switch {
	case s.user != "":
		return s.user
	case s.get("User") != "":
		return s.get("User")
	}
	return s.localUser
}

// expand writes out the tokens, variables and ~ of a file's name.
func (s *settings) expand(text, port string) string {
	host, _ := os.Hostname()
	home, _ := os.UserHomeDir()
	short, _, _ := strings.Cut(host, ".")
	text = strings.NewReplacer("%%", "%", "%d", home, "%h", s.hostName(), "%L", short, "%l", host, "%n", s.alias, "%p", port,
		"%r", s.userName(), "%u", s.localUser).Replace(s.environment(text))
	return ExpandHome(text)
}

var variable = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// environment writes out ${VARIABLES}.
func (s *settings) environment(text string) string {
	return variable.ReplaceAllStringFunc(text, func(v string) string { return os.Getenv(v[2 : len(v)-1]) })
}

// ExpandHome writes out ~ at the beginning of a path.
func ExpandHome(path string) string {
	if path != "~" && !strings.HasPrefix(path, "~/") && !strings.HasPrefix(path, `~\`) {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(home, path[1:])
}

// unquoted are the words of a value, in which "…" makes one of several.
func unquoted(text string) []string {
	var words []string
	var word strings.Builder
	quoted, begun := false, false
	for _, r := range text {
		switch {
		case r == '"':
			quoted, begun = !quoted, true
		case (r == ' ' || r == '\t') && !quoted:
			if begun {
				words = append(words, word.String())
				word.Reset()
			}
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if begun {
		words = append(words, word.String())
	}
	return words
}

// localUser is the name of the user of this system.
func localUser() string {
	u, err := user.Current()
	if err != nil {
		return os.Getenv("USER")
	}
	name := u.Username
	return name[strings.LastIndex(name, `\`)+1:] // Windows puts the domain in front
}
