// Package tlsconf gives sslmode and its companions one meaning for every server, the one that libpq gives them, and says in
// sentences why a connection could not be secured. It must not know any driver or dialect.
//
//	disable      never encrypted
//	prefer       encrypted if the server offers it, whoever the server is; plain only where it does not offer it
//	require      encrypted, whoever the server is; with an authority's certificate at hand the same as verify-ca
//	verify-ca    encrypted, and the server's certificate was issued by an authority that is trusted
//	verify-full  besides, the certificate is for the name that the connection is made to
//
// Without a mode it is prefer, and verify-ca when a certificate of an authority is named: it asks to be used. Everything is
// TLS 1.2 or newer.
package tlsconf
