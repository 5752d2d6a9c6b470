CREATE TABLE connections (
  id              TEXT PRIMARY KEY,
  name            TEXT NOT NULL,
  name_key        TEXT NOT NULL UNIQUE, -- the name without differences of case
  engine          TEXT NOT NULL,
  environment     TEXT NOT NULL,
  group_name      TEXT NOT NULL,
  host            TEXT NOT NULL,
  port            INTEGER NOT NULL,     -- 0: the engine's default
  socket          TEXT NOT NULL,
  database_name   TEXT NOT NULL,
  user_name       TEXT NOT NULL,
  schemas         TEXT NOT NULL,        -- JSON array
  file            TEXT NOT NULL,
  tls             TEXT NOT NULL,        -- JSON object
  ssh             TEXT NOT NULL,        -- JSON object
  ask_password    INTEGER NOT NULL,
  connect_timeout INTEGER NOT NULL,     -- seconds, 0: the default
  saved_secrets   TEXT NOT NULL,        -- JSON array: of which secrets one is kept elsewhere, never a secret
  created_at      TEXT NOT NULL,
  updated_at      TEXT NOT NULL,
  last_used_at    TEXT NOT NULL         -- '': never
) STRICT;
