// Package service has the use cases of the program: open two databases, compare them, plan, make the target like the
// source; read one database; write a plan as a script. The command line and the window call it. It must not know who
// calls, nor any concrete engine.
package service
