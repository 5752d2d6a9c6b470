package enginetest

import (
	"fmt"
	"slices"
	"strings"
)

// lineDiff shows the lines in which two texts differ, marked with - and +.
func lineDiff(a, b string) string {
	if a == b {
		return ""
	}
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	start := 0
	for start < len(x) && start < len(y) && x[start] == y[start] {
		start++
	}
	end := 0
	for end < len(x)-start && end < len(y)-start && x[len(x)-1-end] == y[len(y)-1-end] {
		end++
	}
	const around = 3
	var out []string
	for _, line := range x[max(0, start-around):start] {
		out = append(out, "  "+line)
	}
	out = append(out, lineEdits(x[start:len(x)-end], y[start:len(y)-end])...)
	for _, line := range x[len(x)-end : min(len(x), len(x)-end+around)] {
		out = append(out, "  "+line)
	}
	return strings.Join(out, "\n")
}

// lineEdits is the shortest edit of x to y by the longest common subsequence; long runs of equal lines are left out.
func lineEdits(x, y []string) []string {
	common := make([][]int, len(x)+1)
	for i := range common {
		common[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var out, equal []string
	flush := func() {
		const keep = 4
		if len(equal) > 2*keep {
			skipped := fmt.Sprintf("  … %d equal lines", len(equal)-2*keep)
			equal = slices.Concat(equal[:keep], []string{skipped}, equal[len(equal)-keep:])
		}
		out, equal = append(out, equal...), nil
	}
	i, j := 0, 0
	for i < len(x) || j < len(y) {
		switch {
		case i < len(x) && j < len(y) && x[i] == y[j]:
			equal = append(equal, "  "+x[i])
			i, j = i+1, j+1
		case j == len(y) || i < len(x) && common[i+1][j] >= common[i][j+1]:
			flush()
			out = append(out, "- "+x[i])
			i++
		default:
			flush()
			out = append(out, "+ "+y[j])
			j++
		}
	}
	flush()
	return out
}
