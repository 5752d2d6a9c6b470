package schema

import "slices"

// same tells that two objects have equal facts without writing any of them down; what differs is for Props to tell.
func same[T any](a, b *T, ab, bb *Base, table []property[T]) bool {
	if ab.Comment != bb.Comment || !slices.Equal(ab.Attrs, bb.Attrs) || !slices.Equal(ab.Unmodelled, bb.Unmodelled) {
		return false
	}
	for i := range table {
		if get := table[i].get; get(a) != get(b) {
			return false
		}
	}
	return true
}

// sameList is [Object.Same] for parts that stand in the same order.
func sameList[T Object](a, b []T) bool {
	return slices.EqualFunc(a, b, func(x, y T) bool { return x.Key() == y.Key() && x.Same(y) })
}
