package expr

// adapter rewrites a tree so that the dialect can say it as it is.
type adapter struct {
	d   Dialect
	opt PrintOptions
	*inference
	err error
}

func newAdapter(d Dialect, opt PrintOptions) *adapter {
	return &adapter{d: d, opt: opt, inference: newInference(opt.Columns)}
}

func (a *adapter) top(n Node) Node { return n }
