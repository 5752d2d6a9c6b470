package schema

// Standing is whose an object is and who may do what with it, as far as that is not as it would be if the user who reads had
// just created it. It is no structure and never compared: renderers give it back to what they have to drop and create again.
type Standing struct {
	Owner   string  // quoted; "" for the user who reads
	Granted []Grant // beyond what an object's owner and everybody may do by themselves
	Revoked []Grant // of what these may do by themselves
}

// Grant is one privilege of one role.
type Grant struct {
	To        string // quoted, or PUBLIC
	Privilege string
	Column    string // of a view or table; "" for the whole
	Option    bool   // may be passed on
}
