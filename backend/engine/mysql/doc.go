// Package mysql is the engine for MySQL and MariaDB: it connects, reads a database's structure into the neutral model,
// normalises it, and renders changes as statements. Both servers share it; what differs between them and between their
// versions is asked of a flavor, never of a version text.
//
// It must not know how structures are compared, in which order statements run, or who reads the result. Other engines
// are none of its business.
package mysql
