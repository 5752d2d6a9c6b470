package cli

import "strings"

// diffLine is one line of a comparison of two texts: ' ' in both, '-' only before, '+' only after, '…' lines left out.
type diffLine struct {
	sign rune
	text string
}

// maxCells bounds the table of the comparison; longer texts are shown whole, one after the other.
const maxCells = 4 << 20

// lineDiff compares two texts line by line and keeps a little of what surrounds each difference.
func lineDiff(before, after string) []diffLine {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	if (len(a)+1)*(len(b)+1) > maxCells {
		return append(signed('-', a), signed('+', b)...)
	}
	return condense(align(a, b))
}

func signed(sign rune, lines []string) []diffLine {
	out := make([]diffLine, len(lines))
	for i, l := range lines {
		out[i] = diffLine{sign, l}
	}
	return out
}

// align walks the longest common subsequence.
func align(a, b []string) []diffLine {
	common := make([][]int32, len(a)+1)
	for i := range common {
		common[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var out []diffLine
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, diffLine{' ', a[i]})
			i++
			j++
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			out = append(out, diffLine{'-', a[i]})
			i++
		default:
			out = append(out, diffLine{'+', b[j]})
			j++
		}
	}
	return out
}

// condense leaves out what is further than two lines from any difference.
func condense(lines []diffLine) []diffLine {
	const context = 2
	keep := make([]bool, len(lines))
	for i, l := range lines {
		if l.sign == ' ' {
			continue
		}
		for k := max(0, i-context); k <= min(len(lines)-1, i+context); k++ {
			keep[k] = true
		}
	}
	var out []diffLine
	for i, l := range lines {
		switch {
		case keep[i]:
			out = append(out, l)
		case len(out) == 0 || out[len(out)-1].sign != '…':
			out = append(out, diffLine{'…', ""})
		}
	}
	return out
}
