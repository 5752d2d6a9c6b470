package secret

import (
	"context"
	"sync"
)

// memory keeps secrets until the program ends.
type memory struct {
	mu     sync.Mutex
	values map[Key]string
}

func newMemory() *memory { return &memory{values: map[Key]string{}} }

// Kind implements Store.
func (m *memory) Kind() Kind { return Session }

// Get implements Store.
func (m *memory) Get(_ context.Context, key Key) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok := m.values[key]
	if !ok {
		return "", Missing()
	}
	return value, nil
}

// Set implements Store.
func (m *memory) Set(_ context.Context, key Key, value string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.values[key] = value
	return nil
}

// Delete implements Store.
func (m *memory) Delete(_ context.Context, key Key) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.values, key)
	return nil
}

func (m *memory) has(key Key) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.values[key]
	return ok
}
