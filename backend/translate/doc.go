// Package translate says what one engine's structure is in another engine's terms: the source's model goes through neutral
// types and values (every dialect is read once and written once) and comes out as the target's own reader would read it,
// with notes of what is lost on the way. It then takes over the target's spelling wherever that means the same, so that
// what was translated never comes back as a difference. It must not know connections, SQL statements, or packages of
// engines; what it knows of a dialect is what the dialect's model looks like.
//
// docs/adr/0016-translation.md says why it is as it is, docs/type-mapping.md what becomes of each type.
package translate
