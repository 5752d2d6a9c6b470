package api

import (
	"context"

	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/service"
)

// Secrets chooses where passwords are kept. No secret is ever among its results.
type Secrets struct{ connections *service.Connections }

// Status says where secrets are kept and what the choices are.
func (s *Secrets) Status() (*SecretStore, error) {
	status, err := s.connections.Secrets().Status(context.Background())
	if err != nil {
		return nil, err
	}
	out := &SecretStore{Kind: string(status.Kind), Available: []string{}, Locked: status.Locked, VaultExists: status.VaultExists, Problem: status.Problem}
	for _, k := range status.Available {
		out.Available = append(out.Available, string(k))
	}
	return out, nil
}

// Choose keeps secrets there from now on, those that are saved already too. The master password is for the vault.
func (s *Secrets) Choose(kind, masterPassword string) error {
	_, err := s.connections.MoveSecrets(context.Background(), service.Move{Kind: secret.Kind(kind), MasterPassword: masterPassword})
	return err
}

// Unlock opens the vault.
func (s *Secrets) Unlock(masterPassword string) error {
	return s.connections.Secrets().Unlock(context.Background(), masterPassword)
}

// ChangePassword encrypts the vault anew.
func (s *Secrets) ChangePassword(old, replacement string) error {
	return s.connections.Secrets().ChangeMasterPassword(context.Background(), old, replacement)
}
