package postgres

import "strings"

// Functions that look into SQL texts of the server, as far as finding where something ends. Everything in quotes of
// either sort is passed over; the server doubles quotes inside them, and writes backslashes doubled in E'' strings, so
// that no quote is ever hidden behind one.

// closingParen is the index of the parenthesis that closes the one that text starts with, -1 when there is none.
func closingParen(text string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\'', '"':
			i = skipQuoted(text, i)
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}

// stripParens takes away the parentheses around the whole of an expression.
func stripParens(expression string) string {
	for len(expression) > 1 && expression[0] == '(' && closingParen(expression) == len(expression)-1 {
		inner := strings.TrimSpace(expression[1 : len(expression)-1])
		if inner == "" {
			break
		}
		expression = inner
	}
	return expression
}

// wordsOutside are the places where word stands outside of quotes and parentheses.
func wordsOutside(text, word string) []int {
	var found []int
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\'', '"':
			i = skipQuoted(text, i)
			continue
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 && strings.HasPrefix(text[i:], word) {
			found = append(found, i)
		}
	}
	return found
}

// identEnd is where the identifier ends that text starts with, qualified or not, quoted or not.
func identEnd(text string) int {
	i := 0
	for i < len(text) {
		switch c := text[i]; {
		case c == '"':
			i = min(skipQuoted(text, i)+1, len(text))
		case c == ' ' || c == ',' || c == '(' || c == ')':
			return i
		default:
			i++
		}
	}
	return i
}
