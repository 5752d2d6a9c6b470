package api

import (
	"context"

	"database-structure-sync/backend/service"
)

// Samples are two small databases to try the program with.
type Samples struct{ connections *service.Connections }

// SampleConnections are the ids of the connections to the two databases.
type SampleConnections struct {
	SourceID string `json:"sourceId"`
	TargetID string `json:"targetId"`
}

// Create makes the databases anew, and connections under these names where there are none.
func (s *Samples) Create(sourceName, targetName string) (*SampleConnections, error) {
	source, target, err := s.connections.CreateSamples(context.Background(), sourceName, targetName)
	if err != nil {
		return nil, err
	}
	return &SampleConnections{source, target}, nil
}

// Remove removes the databases and their connections.
func (s *Samples) Remove() error { return s.connections.RemoveSamples(context.Background()) }
