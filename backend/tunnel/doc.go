// Package tunnel leads network connections through SSH hosts, as ssh does: it reads ~/.ssh/config and known_hosts, verifies
// every host's key, logs in to every host by itself, and notices when a tunnel is lost. It must not know what goes through
// it, where secrets are kept, or how a person is asked. It never connects past the hosts that it was told to go through.
package tunnel
