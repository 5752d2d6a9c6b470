package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// followPostgres reads a client's side of PostgreSQL's protocol (version 3, without TLS) to its end.
func followPostgres(from io.Reader) (session, error) {
	in := bufio.NewReaderSize(from, 1<<16)
	if _, err := postgresMessage(in); err != nil { // the start-up message has no type
		return nil, err
	}
	var s session
	var pending []string
	for {
		kind, err := in.ReadByte()
		if err != nil {
			return s, err
		}
		body, err := postgresMessage(in)
		if err != nil {
			return s, err
		}
		switch kind {
		case 'Q':
			s = append(s, group{Statements: []string{text(body)}})
		case 'P':
			_, query, _ := bytes.Cut(body, []byte{0}) // behind the statement's name
			pending = append(pending, text(query))
		case 'B':
			if err := withoutParameters(body); err != nil {
				return s, err
			}
		case 'S':
			if len(pending) > 0 {
				s = append(s, group{Pipelined: true, Statements: pending})
				pending = nil
			}
		}
	}
}

// withoutParameters makes sure that a statement is complete in itself, for its parameters are not recorded.
func withoutParameters(bind []byte) error {
	_, rest, _ := bytes.Cut(bind, []byte{0}) // portal
	_, rest, _ = bytes.Cut(rest, []byte{0})  // statement
	if len(rest) < 2 {
		return errors.New("a bind message is too short")
	}
	formats := int(binary.BigEndian.Uint16(rest))
	if rest = rest[2:]; len(rest) < 2*formats+2 {
		return errors.New("a bind message is too short")
	}
	if binary.BigEndian.Uint16(rest[2*formats:]) != 0 {
		return errors.New("a statement has parameters, which the recorder does not follow")
	}
	return nil
}

func postgresMessage(in io.Reader) ([]byte, error) {
	var length uint32
	if err := binary.Read(in, binary.BigEndian, &length); err != nil {
		return nil, err
	}
	if length < 4 {
		return nil, fmt.Errorf("a message of length %d", length)
	}
	body := make([]byte, length-4)
	_, err := io.ReadFull(in, body)
	return body, err
}

// text is the bytes up to the first zero.
func text(b []byte) string {
	b, _, _ = bytes.Cut(b, []byte{0})
	return string(b)
}

// The commands of the MySQL protocol that carry a statement.
const (
	comQuery       = 0x03
	comStmtPrepare = 0x16
)

// followMySQL reads a client's side of the MySQL protocol (without TLS and compression) to its end. A packet that starts
// an exchange has the number 0; those of the log-in never do, since the server speaks first.
func followMySQL(from io.Reader) (session, error) {
	in := bufio.NewReaderSize(from, 1<<16)
	var s session
	for {
		var head [4]byte
		if _, err := io.ReadFull(in, head[:]); err != nil {
			return s, err
		}
		length := int(head[0]) | int(head[1])<<8 | int(head[2])<<16
		body := make([]byte, length)
		if _, err := io.ReadFull(in, body); err != nil {
			return s, err
		}
		if head[3] != 0 || length == 0 {
			continue
		}
		switch {
		case body[0] == comQuery && length == 1<<24-1:
			return s, errors.New("a statement of 16 MB or more, which the recorder does not follow")
		case body[0] == comQuery:
			s = append(s, group{Statements: []string{string(body[1:])}})
		case body[0] == comStmtPrepare:
			return s, errors.New("a prepared statement, which the recorder does not follow")
		}
	}
}
