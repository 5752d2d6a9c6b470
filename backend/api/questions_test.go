package api

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/tunnel"
)

func TestWhatAnSSHHostAsksIsAnsweredInTheWindow(t *testing.T) {
	asked := make(chan Question, 1)
	over := make(chan string, 1)
	q := NewQuestions(func(event string, data any) {
		if event == EventAskOver {
			over <- data.(string)
			return
		}
		asked <- data.(Question)
	})
	hop := tunnel.Hop{Index: 1, Count: 2, Host: "bastion", Address: "10.0.0.1:22", User: "me"}
	answer := func(values ...string) {
		if err := q.Answer((<-asked).ID, Answer{Values: values}); err != nil {
			t.Error(err)
		}
	}

	go func() {
		question := <-asked
		if question.Hop != 2 || question.Hops != 2 || question.Fingerprint != "SHA256:x" {
			t.Errorf("asked %+v", question)
		}
		_ = q.Answer(question.ID, Answer{Trust: "save"})
	}()
	if trust, err := (asker{q}).HostKey(t.Context(), tunnel.HostKeyQuestion{Hop: hop, Fingerprint: "SHA256:x"}); trust != tunnel.TrustSave || err != nil {
		t.Errorf("%q, %v", trust, err)
	}

	go answer("s3cret")
	if value, ok, err := (asker{q}).Secret(t.Context(), tunnel.SecretQuestion{Hop: hop, Kind: tunnel.HostPassword}); value != "s3cret" || !ok || err != nil {
		t.Errorf("%q, %t, %v", value, ok, err)
	}
	go answer()
	if _, ok, err := (asker{q}).Secret(t.Context(), tunnel.SecretQuestion{Hop: hop, Kind: tunnel.KeyPassphrase}); ok || err != nil {
		t.Errorf("a declined question is answered: %t, %v", ok, err)
	}
	go answer("1", "2")
	prompts := tunnel.PromptsQuestion{Hop: hop, Prompts: []tunnel.Prompt{{Text: "Code:"}, {Text: "Name:", Echo: true}}}
	if answers, ok, err := (asker{q}).Prompts(t.Context(), prompts); strings.Join(answers, ",") != "1,2" || !ok || err != nil {
		t.Errorf("%q, %t, %v", answers, ok, err)
	}
	go answer("one only")
	if _, ok, _ := (asker{q}).Prompts(t.Context(), prompts); ok {
		t.Error("too few answers are taken")
	}

	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-asked; cancel() }()
	if _, _, err := (asker{q}).Prompts(ctx, prompts); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled question: %v", err)
	}
	if err := q.Answer(<-over, Answer{}); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("an answer that comes too late: %v", err)
	}
	if text := fmt.Sprintf("%v %+v %#v", Answer{Values: []string{"s3cret"}}, Answer{Values: []string{"s3cret"}}, Answer{Values: []string{"s3cret"}}); strings.Contains(text, "s3cret") {
		t.Errorf("an answer's text tells the secret: %s", text)
	}
}
