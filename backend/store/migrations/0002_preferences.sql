CREATE TABLE presets (
  name_key   TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  options    TEXT NOT NULL, -- JSON
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE last_choice (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  source  TEXT REFERENCES connections (id) ON DELETE SET NULL,
  target  TEXT REFERENCES connections (id) ON DELETE SET NULL,
  options TEXT NOT NULL -- JSON
) STRICT;
