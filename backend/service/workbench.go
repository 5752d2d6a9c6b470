package service

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/run"
)

// Workbench keeps what a person is working on: the latest comparisons, the plans made from them, and what runs. Results
// have ids, so that a user interface holds no more of them than it shows. All methods may be called at the same time.
type Workbench struct {
	service *Service
	mu      sync.Mutex
	reviews []*Reviewed // oldest first
	plans   []*Planned  // oldest first
	runs    map[string]context.CancelCauseFunc
}

// How many results are kept: the one on the screen, the one before it that stays until the new one is there, and room for
// a second thought.
const (
	keptReviews = 3
	keptPlans   = 8
)

// NewWorkbench makes an empty one.
func NewWorkbench(s *Service) *Workbench {
	return &Workbench{service: s, runs: map[string]context.CancelCauseFunc{}}
}

// Reviewed is a review with its id.
type Reviewed struct {
	*Review
	ID     string
	Choice Choice
	Ends   [2]End // source, target
	// Refused are the suggested renames that the user has called two different things, as texts.
	Refused []string
}

// End is one of the two databases of a comparison, as the user knows it.
type End struct {
	Config     engine.Config
	Name       string // the saved connection's
	Production bool   // executing needs its name to be typed
}

// Planned is a plan with its id. Whatever is executed is one of these.
type Planned struct {
	*plan.Plan
	ID     string
	Review *Reviewed
}

// Complete tells that nothing differs between source and target once the plan has run.
func (p *Planned) Complete() bool {
	c := p.Review.Comparison
	if len(p.LeftOut) > 0 || len(c.Unmodelled) > 0 {
		return false
	}
	return diff.Compare(c.Goal, p.Expected, c.Options).Equal()
}

// Script is the plan as text for the target's own command line client.
func (p *Planned) Script() Script { return p.Review.Comparison.Script(p.Plan) }

// Begin makes a context for a run that the user interface names, so that Cancel finds it. The run must call done.
func (w *Workbench) Begin(ctx context.Context, runID string) (run context.Context, done func(), err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if runID == "" || w.runs[runID] != nil {
		return nil, nil, fault.New(fault.BadInput, "a run needs an id of its own")
	}
	run, cancel := context.WithCancelCause(ctx)
	w.runs[runID] = cancel
	return run, func() {
		w.mu.Lock()
		delete(w.runs, runID)
		w.mu.Unlock()
		cancel(nil)
	}, nil
}

// Cancel ends a run; one that has ended already is no error.
func (w *Workbench) Cancel(runID string) {
	w.mu.Lock()
	cancel := w.runs[runID]
	w.mu.Unlock()
	if cancel != nil {
		cancel(context.Canceled)
	}
}

// End cancels every run and waits until all have ended, which an execution does when it knows how the target stands; not
// longer than patience.
func (w *Workbench) End(patience time.Duration) {
	w.mu.Lock()
	for _, cancel := range w.runs {
		cancel(context.Canceled)
	}
	w.mu.Unlock()
	for until := time.Now().Add(patience); w.Busy() && time.Now().Before(until); {
		time.Sleep(20 * time.Millisecond)
	}
}

// Busy tells whether something runs.
func (w *Workbench) Busy() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.runs) > 0
}

// Compare compares and keeps the result.
func (w *Workbench) Compare(ctx context.Context, source, target End, choice Choice, progress func(side compare.Side, phase string, done, total int)) (*Reviewed, error) {
	if err := choice.Check(); err != nil {
		return nil, err
	}
	opt := choice.Options()
	opt.Progress = progress
	c, err := w.service.Compare(ctx, source.Config, target.Config, opt)
	if err != nil {
		return nil, ofCancel(ctx, withoutPassword(err, source, target))
	}
	return w.keep(&Reviewed{Review: NewReview(c, time.Now()), ID: uuid.NewString(), Choice: choice, Ends: [2]End{source, target}}), nil
}

// keep adds a review, for which an old one may have to go.
func (w *Workbench) keep(r *Reviewed) *Reviewed {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reviews = append(w.reviews, r)
	if len(w.reviews) > keptReviews {
		w.reviews = slices.Delete(w.reviews, 0, 1)
	}
	return r
}

// Rename is a kept comparison with these renames and no others, as a review of its own. Nothing is read again. Renames and
// refused are texts as diff.Rename has them.
func (w *Workbench) Rename(reviewID string, renames, refused []string) (*Reviewed, error) {
	r, err := w.Review(reviewID)
	if err != nil {
		return nil, err
	}
	c, err := r.Comparison.WithRenames(renames)
	if err != nil {
		return nil, err
	}
	return w.keep(&Reviewed{Review: NewReview(c, r.At), ID: uuid.NewString(), Choice: r.Choice, Ends: r.Ends, Refused: refused}), nil
}

// withoutPassword tells a refused log-in without any password from one with a wrong password.
func withoutPassword(err error, source, target End) error {
	var side *compare.SideError
	if fault.CodeOf(err) != fault.AuthFailed || !errors.As(err, &side) {
		return err
	}
	end := source
	if side.Side == compare.Target {
		end = target
	}
	if end.Config.Password != "" {
		return err
	}
	return &compare.SideError{
		Side: side.Side, Doing: side.Doing,
		Err: fault.Wrap(fault.SecretMissing, side.Err, "the server wants a password and none is saved"),
	}
}

// ofCancel is a cancel where the context was cancelled, whatever error that led to.
func ofCancel(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fault.New(fault.Cancelled, "cancelled")
	}
	return err
}

// Review is a kept comparison.
func (w *Workbench) Review(id string) (*Reviewed, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.reviews {
		if r.ID == id {
			return r, nil
		}
	}
	return nil, fault.New(fault.BadInput, "this comparison is not kept any more: compare again")
}

// Plan makes the plan for ticked rows of a comparison and keeps it.
func (w *Workbench) Plan(reviewID string, rows []int) (*Planned, error) {
	r, err := w.Review(reviewID)
	if err != nil {
		return nil, err
	}
	p, err := r.Plan(rows)
	if err != nil {
		return nil, err
	}
	planned := &Planned{Plan: p, ID: uuid.NewString(), Review: r}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.plans = append(w.plans, planned)
	if len(w.plans) > keptPlans {
		w.plans = slices.Delete(w.plans, 0, 1)
	}
	return planned, nil
}

// Planned is a kept plan.
func (w *Workbench) Planned(id string) (*Planned, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range w.plans {
		if p.ID == id {
			return p, nil
		}
	}
	return nil, fault.New(fault.BadInput, "this plan is not kept any more: review the SQL again")
}

// Consent is what a person agreed to before executing.
type Consent struct {
	Acknowledged []string // ids of Risks
	TypedName    string   // of a target in production
}

// Execute runs a kept plan on its target after checking the consent.
func (w *Workbench) Execute(ctx context.Context, planID string, consent Consent, events func(run.Event)) (*run.Result, error) {
	p, err := w.Planned(planID)
	if err != nil {
		return nil, err
	}
	if err := p.check(consent); err != nil {
		return nil, err
	}
	return p.Review.Comparison.Sync(ctx, p.Plan, events)
}

func (p *Planned) check(consent Consent) error {
	for _, r := range p.Risks() {
		if !slices.Contains(consent.Acknowledged, r.ID) {
			return fault.New(fault.BadInput, "nothing was executed: a risk has not been acknowledged (%s)", r.Hazard)
		}
	}
	if target := p.Review.Ends[1]; target.Production && consent.TypedName != target.Name {
		return fault.New(fault.BadInput, "nothing was executed: the target's name %q has to be typed", target.Name)
	}
	return nil
}

// Risk is something that a person has to acknowledge before executing: a hazard that destroys data for every object, a
// lesser one once for all objects.
type Risk struct {
	ID      string
	Hazard  hazard.Hazard // of the first object
	Objects []string
}

// fewRisks is the number of acknowledgements of one kind that a person reads; more would only be clicked away.
const fewRisks = 12

// Risks are the plan's hazards to be acknowledged, the gravest first.
func (p *Planned) Risks() []Risk {
	type group struct {
		code  hazard.Code
		risks []Risk // one per object
		seen  map[string]bool
	}
	groups := map[hazard.Code]*group{}
	var order []*group
	for _, s := range p.Statements {
		for _, h := range s.Hazards {
			if h.Severity() == hazard.Notice {
				continue
			}
			g := groups[h.Code]
			if g == nil {
				g = &group{code: h.Code, seen: map[string]bool{}}
				groups[h.Code] = g
				order = append(order, g)
			}
			id := fmt.Sprintf("%s%q", h.Code, h.Args)
			if g.seen[id] {
				continue
			}
			g.seen[id] = true
			g.risks = append(g.risks, Risk{ID: id, Hazard: h, Objects: h.Args[:min(1, len(h.Args))]})
		}
	}
	slices.SortStableFunc(order, func(a, b *group) int {
		return int(b.risks[0].Hazard.Severity()) - int(a.risks[0].Hazard.Severity())
	})
	var out []Risk
	for _, g := range order {
		if g.risks[0].Hazard.Severity() == hazard.Destroys && len(g.risks) <= fewRisks {
			out = append(out, g.risks...)
			continue
		}
		all := Risk{ID: string(g.code), Hazard: g.risks[0].Hazard}
		for _, r := range g.risks {
			all.Objects = append(all.Objects, r.Objects...)
		}
		out = append(out, all)
	}
	return out
}
