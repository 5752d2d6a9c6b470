package plan

import (
	"container/heap"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

// graph orders nodes. Edges follow from the keys that nodes create, alter and drop; see Node.
type graph struct {
	d                         Dialect
	world                     World
	nodes                     []Node
	creators, alterers, drops map[schema.Key][]int
	next                      [][]int
	waits                     []int
}

// order sorts the nodes so that every dependency holds; between independent nodes, drops come first and kinds follow
// the dialect's list, then keys. The result is a function of the input alone.
func order(d Dialect, world World, nodes []Node) []Node {
	g := &graph{
		d: d, world: world, nodes: nodes,
		creators: map[schema.Key][]int{}, alterers: map[schema.Key][]int{}, drops: map[schema.Key][]int{},
		next: make([][]int, len(nodes)), waits: make([]int, len(nodes)),
	}
	for i, n := range nodes {
		register(g.creators, n.Creates, i)
		register(g.alterers, n.Alters, i)
		register(g.drops, n.Drops, i)
	}
	for i, n := range nodes {
		g.uses(i, n)
		g.letsGo(i, n)
	}
	g.names()
	return g.sorted()
}

func register(index map[schema.Key][]int, keys []schema.Key, node int) {
	for _, k := range keys {
		index[k] = append(index[k], node)
	}
}

// edge: a before b.
func (g *graph) edge(a, b int) {
	if a != b {
		g.next[a] = append(g.next[a], b)
		g.waits[b]++
	}
}

// own tells that k is the table of the part or belonging from. What is altered about the table itself never holds up
// its belongings, nor they it.
func own(from, k schema.Key) bool {
	table, ok := from.TableOf()
	return ok && table == k
}

// uses: what a node creates or alters needs what it depends on afterwards.
func (g *graph) uses(i int, n Node) {
	for _, keys := range [][]schema.Key{n.Creates, n.Alters} {
		for _, k := range keys {
			o := g.world.After.Find(k)
			if o == nil {
				continue
			}
			for _, d := range ownDeps(o) {
				g.after(i, g.creators[d])
				if !own(k, d) {
					g.after(i, g.alterers[d])
				}
			}
		}
	}
	for _, k := range n.Needs {
		g.after(i, g.creators[k])
		g.after(i, g.alterers[k])
		if g.world.After.Find(k) == nil {
			g.after(i, g.drops[k])
		}
	}
	for _, k := range n.Creates { // a replaced object goes before it comes back
		g.after(i, g.drops[k])
	}
}

func (g *graph) after(i int, others []int) {
	for _, m := range others {
		g.edge(m, i)
	}
}

// letsGo: what a node drops or alters is freed of what it depended on before that goes or changes.
func (g *graph) letsGo(i int, n Node) {
	for _, k := range n.Drops {
		g.before(i, k, true)
	}
	for _, k := range n.Alters {
		g.before(i, k, false)
	}
}

func (g *graph) before(i int, k schema.Key, dropped bool) {
	o := g.world.Before.Find(k)
	if o == nil {
		return
	}
	still := map[schema.Key]bool{}
	if !dropped {
		if a := g.world.After.Find(k); a != nil {
			for _, d := range ownDeps(a) {
				still[d] = true
			}
		}
	}
	for _, d := range ownDeps(o) {
		for _, m := range g.drops[d] {
			g.edge(i, m)
		}
		if still[d] || own(k, d) {
			continue
		}
		for _, m := range g.alterers[d] {
			g.edge(i, m)
		}
	}
}

// names: a name is free before it is taken again.
func (g *graph) names() {
	frees := map[string][]int{}
	for i, n := range g.nodes {
		for _, k := range n.Drops {
			if o := g.world.Before.Find(k); o != nil {
				for _, name := range g.d.Names(o) {
					frees[name] = append(frees[name], i)
				}
			}
		}
	}
	if len(frees) == 0 {
		return
	}
	for i, n := range g.nodes {
		for _, k := range n.Creates {
			if o := g.world.After.Find(k); o != nil {
				for _, name := range g.d.Names(o) {
					g.after(i, frees[name])
				}
			}
		}
	}
}

// sorted is Kahn's algorithm over a heap. Should a cycle remain, which the model's design rules out for all but objects
// that call each other, the first node of the waiting ones goes ahead and the server has the last word.
func (g *graph) sorted() []Node {
	kinds := map[schema.Kind]int{}
	for i, k := range g.d.Kinds() {
		kinds[k] = i
	}
	h := &nodeHeap{}
	ranks := make([]rank, len(g.nodes))
	for i, n := range g.nodes {
		ranks[i] = rankOf(n, kinds, i)
		if g.waits[i] == 0 {
			heap.Push(h, ranks[i])
		}
	}
	done := make([]bool, len(g.nodes))
	out := make([]Node, 0, len(g.nodes))
	for len(out) < len(g.nodes) {
		if h.Len() == 0 {
			heap.Push(h, firstWaiting(ranks, done))
		}
		i := heap.Pop(h).(rank).index
		if done[i] {
			continue
		}
		done[i] = true
		out = append(out, g.nodes[i])
		for _, m := range g.next[i] {
			if g.waits[m]--; g.waits[m] == 0 && !done[m] {
				heap.Push(h, ranks[m])
			}
		}
	}
	return out
}

func firstWaiting(ranks []rank, done []bool) rank {
	best := rank{class: 1 << 30}
	for i, r := range ranks {
		if !done[i] && r.less(best) {
			best = r
		}
	}
	return best
}

// rank decides between nodes that may run at the same point.
type rank struct {
	class int // statements that run alone, then drops, then the rest
	kind  int
	key   schema.Key
	index int
}

func rankOf(n Node, kinds map[schema.Kind]int, index int) rank {
	r := rank{class: 2, index: index}
	switch {
	case len(n.Creates) > 0:
		r.key = n.Creates[0]
	case len(n.Alters) > 0:
		r.key = n.Alters[0]
	case len(n.Drops) > 0:
		r.key, r.class = n.Drops[0], 1
	}
	r.kind = kinds[r.key.Kind]
	if r.class == 1 {
		r.kind = -r.kind
	}
	for _, s := range n.Statements {
		if s.Tx == Alone && s.Action != diff.Drop {
			r.class = 0
		}
	}
	return r
}

func (r rank) less(o rank) bool {
	switch {
	case r.class != o.class:
		return r.class < o.class
	case r.kind != o.kind:
		return r.kind < o.kind
	case r.key != o.key:
		return r.key.Less(o.key)
	}
	return r.index < o.index
}

type nodeHeap []rank

func (h nodeHeap) Len() int           { return len(h) }
func (h nodeHeap) Less(i, j int) bool { return h[i].less(h[j]) }
func (h nodeHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *nodeHeap) Push(x any)        { *h = append(*h, x.(rank)) }
func (h *nodeHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}
