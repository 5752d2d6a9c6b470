-- An issue tracker for several teams, as an application keeps it in one file.

CREATE TABLE schema_migrations (version TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;

CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  login VARCHAR(40) NOT NULL COLLATE NOCASE UNIQUE CHECK (login GLOB '[A-Za-z]*'),
  email VARCHAR(255) NOT NULL COLLATE NOCASE,
  display_name TEXT,
  password_hash BLOB,
  is_admin BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_admin IN (0, 1)),
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  last_seen_at DATETIME,
  deleted_at DATETIME
);
CREATE UNIQUE INDEX users_email ON users (lower(email)) WHERE deleted_at IS NULL;

CREATE TABLE sessions (
  token BLOB PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
  expires_at DATETIME NOT NULL,
  user_agent TEXT
) WITHOUT ROWID;
CREATE INDEX sessions_user ON sessions (user_id, expires_at DESC);

CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, slug TEXT NOT NULL UNIQUE COLLATE NOCASE);
CREATE TABLE team_members (
  team_id INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('owner', 'maintainer', 'member', 'guest')),
  PRIMARY KEY (team_id, user_id)
) WITHOUT ROWID;
CREATE INDEX team_members_user ON team_members (user_id);

CREATE TABLE projects (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  team_id INTEGER NOT NULL,
  code CHAR(8) NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  visibility TEXT NOT NULL DEFAULT 'team',
  next_number INTEGER NOT NULL DEFAULT 1,
  archived_at DATETIME,
  CONSTRAINT projects_code UNIQUE (team_id, code),
  CONSTRAINT projects_team FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT projects_visibility CHECK (visibility IN ('private', 'team', 'public')),
  CONSTRAINT projects_code_form CHECK (code = upper(code) AND length(code) BETWEEN 2 AND 8)
);

CREATE TABLE milestones (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  starts_on DATE,
  due_on DATE,
  closed_at DATETIME,
  CHECK (starts_on IS NULL OR due_on IS NULL OR starts_on <= due_on)
);
CREATE UNIQUE INDEX milestones_title ON milestones (project_id, title COLLATE NOCASE);

CREATE TABLE labels (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  colour TEXT NOT NULL DEFAULT '#cccccc' CHECK (length(colour) = 7 AND colour LIKE '#%'),
  UNIQUE (project_id, name)
);

CREATE TABLE statuses (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE ON CONFLICT ROLLBACK, is_final INTEGER NOT NULL DEFAULT 0, position INTEGER NOT NULL);
CREATE TABLE priorities (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, weight REAL NOT NULL DEFAULT 1.0);
CREATE TABLE status_transitions (
  from_id INTEGER NOT NULL REFERENCES statuses (id),
  to_id INTEGER NOT NULL REFERENCES statuses (id),
  PRIMARY KEY (from_id, to_id),
  CHECK (from_id <> to_id)
) WITHOUT ROWID;

CREATE TABLE issues (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  title TEXT NOT NULL CHECK (trim(title) <> ''),
  body TEXT NOT NULL DEFAULT '',
  status_id INTEGER NOT NULL DEFAULT 1 REFERENCES statuses (id) ON DELETE SET DEFAULT,
  priority_id INTEGER REFERENCES priorities (id) ON DELETE SET NULL,
  milestone_id INTEGER REFERENCES milestones (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  parent_id INTEGER REFERENCES issues (id) ON DELETE SET NULL,
  author_id INTEGER NOT NULL REFERENCES users (id),
  estimate_minutes INTEGER CHECK (estimate_minutes >= 0),
  created_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  updated_at DATETIME,
  closed_at DATETIME,
  is_open INTEGER GENERATED ALWAYS AS (closed_at IS NULL) VIRTUAL,
  title_key TEXT GENERATED ALWAYS AS (lower(substr(title, 1, 40))) STORED,
  UNIQUE (project_id, number)
);
CREATE INDEX issues_status ON issues (project_id, status_id, priority_id);
CREATE INDEX issues_open ON issues (project_id, updated_at DESC) WHERE closed_at IS NULL;
CREATE INDEX issues_title ON issues (title_key);
CREATE INDEX issues_author ON issues (author_id, created_at);

CREATE TABLE issue_labels (
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  label_id INTEGER NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
  PRIMARY KEY (issue_id, label_id)
) WITHOUT ROWID;
CREATE TABLE assignees (
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  assigned_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (issue_id, user_id)
);
CREATE TABLE watchers (issue_id INT NOT NULL, user_id INT NOT NULL, PRIMARY KEY (user_id, issue_id), FOREIGN KEY (issue_id) REFERENCES issues, FOREIGN KEY (user_id) REFERENCES users) WITHOUT ROWID;
CREATE TABLE issue_links (
  id INTEGER PRIMARY KEY,
  from_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  to_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  kind TEXT NOT NULL DEFAULT 'relates' CHECK (kind IN ('relates', 'blocks', 'duplicates')),
  UNIQUE (from_id, to_id, kind)
);
CREATE TABLE comments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  author_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  body TEXT NOT NULL,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  edited_at DATETIME
);
CREATE INDEX comments_issue ON comments (issue_id, created_at);
CREATE TABLE reactions (comment_id INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE, emoji TEXT NOT NULL DEFAULT '👍', PRIMARY KEY (comment_id, user_id, emoji)) WITHOUT ROWID;
CREATE TABLE attachments (
  id INTEGER PRIMARY KEY,
  issue_id INTEGER REFERENCES issues (id) ON DELETE CASCADE,
  comment_id INTEGER REFERENCES comments (id) ON DELETE CASCADE,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL DEFAULT 'application/octet-stream',
  size INTEGER NOT NULL CHECK (size BETWEEN 0 AND 104857600),
  sha256 BLOB NOT NULL CHECK (typeof(sha256) = 'blob' AND length(sha256) = 32),
  CHECK ((issue_id IS NULL) <> (comment_id IS NULL))
);
CREATE INDEX attachments_hash ON attachments (sha256);
CREATE TABLE time_entries (
  id INTEGER PRIMARY KEY,
  issue_id INTEGER NOT NULL REFERENCES issues (id),
  user_id INTEGER NOT NULL REFERENCES users (id),
  spent_on DATE NOT NULL DEFAULT CURRENT_DATE,
  minutes INTEGER NOT NULL CHECK (minutes > 0 AND minutes <= 24 * 60),
  rate DECIMAL(10, 2),
  cost NUMERIC GENERATED ALWAYS AS (round(minutes * coalesce(rate, 0) / 60.0, 2)) VIRTUAL,
  note TEXT
);
CREATE INDEX time_entries_user ON time_entries (user_id, spent_on);
CREATE TABLE sprints (id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE, name TEXT NOT NULL, goal TEXT, starts_on DATE NOT NULL, ends_on DATE NOT NULL, CHECK (starts_on < ends_on), UNIQUE (project_id, name));
CREATE TABLE sprint_issues (sprint_id INTEGER NOT NULL REFERENCES sprints (id) ON DELETE CASCADE, issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE, rank REAL NOT NULL, PRIMARY KEY (sprint_id, issue_id)) WITHOUT ROWID;
CREATE INDEX sprint_issues_rank ON sprint_issues (sprint_id, rank);
CREATE TABLE custom_fields (id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE, name TEXT NOT NULL, type TEXT NOT NULL CHECK (type IN ('text', 'number', 'date', 'choice')), choices TEXT CHECK (choices IS NULL OR json_valid(choices)), UNIQUE (project_id, name));
CREATE TABLE custom_values (issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE, field_id INTEGER NOT NULL REFERENCES custom_fields (id) ON DELETE CASCADE, value, PRIMARY KEY (issue_id, field_id));
CREATE TABLE webhooks (id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE, url TEXT NOT NULL CHECK (url LIKE 'https://%'), secret BLOB, events TEXT NOT NULL DEFAULT '["issue"]' CHECK (json_valid(events)), active INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE TABLE deliveries (id INTEGER PRIMARY KEY AUTOINCREMENT, webhook_id INTEGER NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE, payload TEXT NOT NULL, status INTEGER, attempts INTEGER NOT NULL DEFAULT 0, next_at TEXT) STRICT;
CREATE INDEX deliveries_due ON deliveries (next_at) WHERE status IS NULL AND next_at IS NOT NULL;
CREATE TABLE notifications (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE, issue_id INTEGER REFERENCES issues (id) ON DELETE CASCADE, kind TEXT NOT NULL, read_at DATETIME, created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE INDEX notifications_unread ON notifications (user_id, created_at DESC) WHERE read_at IS NULL;
CREATE TABLE audit (id INTEGER PRIMARY KEY, at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, actor_id INTEGER, entity TEXT NOT NULL, entity_id INTEGER NOT NULL, change TEXT);
CREATE INDEX audit_entity ON audit (entity, entity_id, at);
CREATE TABLE "settings" ("key" TEXT NOT NULL PRIMARY KEY, "value" TEXT, "group" TEXT NOT NULL DEFAULT 'general') WITHOUT ROWID;
CREATE TABLE saved_searches (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE, name TEXT NOT NULL, "query" TEXT NOT NULL, "order" TEXT NOT NULL DEFAULT 'updated desc', UNIQUE (user_id, name));

CREATE VIRTUAL TABLE issue_search USING fts4(title, body, tokenize=unicode61);

CREATE VIEW open_issues AS
  SELECT i.id, p.code || '-' || i.number AS reference, i.title, s.name AS status, pr.name AS priority, i.updated_at
  FROM issues i
  JOIN projects p ON p.id = i.project_id
  JOIN statuses s ON s.id = i.status_id
  LEFT JOIN priorities pr ON pr.id = i.priority_id
  WHERE i.closed_at IS NULL AND p.archived_at IS NULL;
CREATE VIEW workload (login, open_count, minutes) AS
  SELECT u.login, count(i.id), coalesce(sum(i.estimate_minutes), 0)
  FROM users u LEFT JOIN assignees a ON a.user_id = u.id LEFT JOIN issues i ON i.id = a.issue_id AND i.is_open
  GROUP BY u.id;
CREATE VIEW burndown AS
  WITH RECURSIVE days (sprint_id, day, last) AS (
    SELECT id, starts_on, ends_on FROM sprints
    UNION ALL
    SELECT sprint_id, date(day, '+1 day'), last FROM days WHERE day < last
  )
  SELECT d.sprint_id, d.day, count(i.id) AS open
  FROM days d JOIN sprint_issues si ON si.sprint_id = d.sprint_id
  LEFT JOIN issues i ON i.id = si.issue_id AND (i.closed_at IS NULL OR i.closed_at > d.day)
  GROUP BY 1, 2;
CREATE VIEW my_projects AS SELECT tm.user_id, p.* FROM projects p, team_members tm WHERE tm.team_id = p.team_id;

CREATE TRIGGER issues_number AFTER INSERT ON issues WHEN new.number = 0 BEGIN
  UPDATE issues SET number = (SELECT next_number FROM projects WHERE id = new.project_id) WHERE id = new.id;
  UPDATE projects SET next_number = next_number + 1 WHERE id = new.project_id;
END;
CREATE TRIGGER issues_indexed AFTER INSERT ON issues BEGIN
  INSERT INTO issue_search (docid, title, body) VALUES (new.id, new.title, new.body);
END;
CREATE TRIGGER issues_unindexed BEFORE DELETE ON issues BEGIN
  DELETE FROM issue_search WHERE docid = old.id;
END;
CREATE TRIGGER issues_audited AFTER UPDATE OF status_id, milestone_id ON issues WHEN old.status_id IS NOT new.status_id OR old.milestone_id IS NOT new.milestone_id BEGIN
  INSERT INTO audit (entity, entity_id, change) SELECT 'issue', new.id, CASE WHEN old.status_id IS NOT new.status_id THEN 'status' ELSE 'milestone' END;
END;
CREATE TRIGGER statuses_checked BEFORE UPDATE OF status_id ON issues BEGIN
  SELECT RAISE(ABORT, 'this change of status is not allowed') WHERE NOT EXISTS (SELECT 1 FROM status_transitions WHERE from_id = old.status_id AND to_id = new.status_id) AND old.status_id <> new.status_id;
END;
CREATE TRIGGER my_projects_insert INSTEAD OF INSERT ON my_projects BEGIN
  INSERT INTO projects (team_id, code, name) VALUES (new.team_id, new.code, new.name);
END;
