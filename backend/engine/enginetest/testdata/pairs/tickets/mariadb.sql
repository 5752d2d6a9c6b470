-- A help desk with customer relations, as a MariaDB person would write it.

CREATE TABLE organisations (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  domain VARCHAR(120) NULL UNIQUE,
  website VARCHAR(500) NULL,
  employees INT NULL,
  annual_revenue DECIMAL(15,2) NULL,
  is_customer BOOLEAN NOT NULL DEFAULT TRUE,
  custom_fields JSON NOT NULL DEFAULT '{}',
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  INDEX idx_name (name)
) COMMENT 'companies and other bodies';

CREATE TABLE teams (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(80) NOT NULL UNIQUE,
  email VARCHAR(254) NULL,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE roles (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(40) NOT NULL UNIQUE,
  description VARCHAR(255) NOT NULL DEFAULT ''
);

CREATE TABLE permissions (
  code VARCHAR(60) NOT NULL PRIMARY KEY,
  description VARCHAR(255) NOT NULL
);

CREATE TABLE role_permissions (
  role_id INT UNSIGNED NOT NULL,
  permission_code VARCHAR(60) NOT NULL,
  PRIMARY KEY (role_id, permission_code),
  FOREIGN KEY (role_id) REFERENCES roles (id) ON DELETE CASCADE,
  FOREIGN KEY (permission_code) REFERENCES permissions (code) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE agents (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid UUID NOT NULL UNIQUE,
  team_id INT UNSIGNED NULL,
  role_id INT UNSIGNED NOT NULL,
  email VARCHAR(254) NOT NULL UNIQUE,
  display_name VARCHAR(120) NOT NULL,
  password_digest CHAR(60) NOT NULL COMMENT 'bcrypt',
  locale VARCHAR(10) NOT NULL DEFAULT 'en',
  time_zone VARCHAR(60) NOT NULL DEFAULT 'UTC',
  avatar MEDIUMBLOB NULL,
  active BOOLEAN NOT NULL DEFAULT TRUE,
  last_seen_at DATETIME NULL,
  last_ip INET6 NULL,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE SET NULL,
  FOREIGN KEY (role_id) REFERENCES roles (id)
);

CREATE TABLE agent_skills (
  agent_id INT UNSIGNED NOT NULL,
  skill VARCHAR(60) NOT NULL,
  level TINYINT NOT NULL DEFAULT 1 CHECK (level BETWEEN 1 AND 5),
  PRIMARY KEY (agent_id, skill),
  FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE
);

CREATE TABLE contacts (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id INT UNSIGNED NULL,
  email VARCHAR(254) NULL,
  phone VARCHAR(40) NULL,
  full_name VARCHAR(160) NOT NULL,
  vip BOOLEAN NOT NULL DEFAULT FALSE,
  locale VARCHAR(10) NULL,
  notes TEXT NULL,
  score DOUBLE NOT NULL DEFAULT 0,
  birthday DATE NULL,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  UNIQUE INDEX uq_email (email),
  INDEX idx_full_name (full_name),
  CONSTRAINT contacts_reachable CHECK (email IS NOT NULL OR phone IS NOT NULL),
  FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON DELETE SET NULL
);

CREATE TABLE contact_addresses (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  contact_id INT UNSIGNED NOT NULL,
  label VARCHAR(30) NOT NULL DEFAULT 'home',
  `lines` VARCHAR(400) NOT NULL,
  postal_code VARCHAR(16) NULL,
  city VARCHAR(100) NULL,
  country CHAR(2) NOT NULL DEFAULT 'DE',
  UNIQUE INDEX uq_label (contact_id, label),
  FOREIGN KEY (contact_id) REFERENCES contacts (id) ON DELETE CASCADE
);

CREATE TABLE mailboxes (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  team_id INT UNSIGNED NOT NULL,
  address VARCHAR(254) NOT NULL UNIQUE,
  imap_host VARCHAR(255) NULL,
  imap_port SMALLINT UNSIGNED NULL,
  use_tls BOOLEAN NOT NULL DEFAULT TRUE,
  last_uid BIGINT NOT NULL DEFAULT 0,
  CHECK (imap_port BETWEEN 1 AND 65535),
  FOREIGN KEY (team_id) REFERENCES teams (id)
);

CREATE TABLE sla_policies (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(80) NOT NULL UNIQUE,
  first_response_minutes INT NOT NULL,
  resolution_minutes INT NOT NULL,
  applies_to ENUM('low', 'normal', 'high', 'urgent') NOT NULL DEFAULT 'normal',
  CONSTRAINT sla_order CHECK (first_response_minutes > 0 AND resolution_minutes >= first_response_minutes)
);

CREATE TABLE business_hours (
  sla_policy_id INT UNSIGNED NOT NULL,
  weekday TINYINT UNSIGNED NOT NULL,
  opens TIME NOT NULL DEFAULT '09:00:00',
  closes TIME NOT NULL DEFAULT '17:30:00',
  PRIMARY KEY (sla_policy_id, weekday),
  CHECK (weekday >= 0 AND weekday <= 6),
  CHECK (closes > opens),
  FOREIGN KEY (sla_policy_id) REFERENCES sla_policies (id) ON DELETE CASCADE
);

CREATE TABLE holidays (
  day DATE NOT NULL PRIMARY KEY,
  name VARCHAR(80) NOT NULL
);

CREATE TABLE tickets (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  number VARCHAR(20) NOT NULL UNIQUE COMMENT 'what customers quote',
  subject VARCHAR(255) NOT NULL,
  contact_id INT UNSIGNED NOT NULL,
  organisation_id INT UNSIGNED NULL,
  team_id INT UNSIGNED NULL,
  agent_id INT UNSIGNED NULL,
  mailbox_id INT UNSIGNED NULL,
  sla_policy_id INT UNSIGNED NULL,
  parent_id BIGINT UNSIGNED NULL,
  status VARCHAR(10) NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'open', 'pending', 'solved', 'closed')),
  priority ENUM('low', 'normal', 'high', 'urgent') NOT NULL DEFAULT 'normal',
  channel ENUM('email', 'phone', 'chat', 'web', 'api') NOT NULL,
  custom_fields JSON NULL,
  is_spam BOOLEAN NOT NULL DEFAULT FALSE,
  due_at DATETIME NULL,
  solved_at DATETIME NULL,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  version INT NOT NULL DEFAULT 0,
  INDEX idx_team (team_id, status, created_at),
  INDEX idx_agent (agent_id, status),
  INDEX idx_due (due_at),
  INDEX idx_subject (subject),
  CONSTRAINT tickets_solved CHECK (solved_at IS NULL OR solved_at >= created_at),
  FOREIGN KEY (contact_id) REFERENCES contacts (id),
  FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON DELETE SET NULL,
  FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE SET NULL,
  FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE SET NULL,
  FOREIGN KEY (mailbox_id) REFERENCES mailboxes (id) ON DELETE SET NULL,
  FOREIGN KEY (sla_policy_id) REFERENCES sla_policies (id) ON DELETE SET NULL,
  FOREIGN KEY (parent_id) REFERENCES tickets (id) ON DELETE SET NULL
);

CREATE TABLE ticket_messages (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id BIGINT UNSIGNED NOT NULL,
  agent_id INT UNSIGNED NULL,
  contact_id INT UNSIGNED NULL,
  message_id VARCHAR(255) NULL UNIQUE,
  internal BOOLEAN NOT NULL DEFAULT FALSE,
  body MEDIUMTEXT NOT NULL,
  body_html MEDIUMTEXT NULL,
  sent_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  INDEX idx_ticket (ticket_id, sent_at),
  FULLTEXT INDEX ft_body (body),
  FOREIGN KEY (ticket_id) REFERENCES tickets (id) ON DELETE CASCADE,
  FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE SET NULL,
  FOREIGN KEY (contact_id) REFERENCES contacts (id) ON DELETE SET NULL
);

CREATE TABLE attachments (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  message_id BIGINT UNSIGNED NOT NULL,
  filename VARCHAR(255) NOT NULL,
  content_type VARCHAR(127) NOT NULL DEFAULT 'application/octet-stream',
  size BIGINT NOT NULL CHECK (size >= 0),
  sha256 BINARY(32) NOT NULL,
  content LONGBLOB NULL,
  INDEX idx_sha256 (sha256),
  FOREIGN KEY (message_id) REFERENCES ticket_messages (id) ON DELETE CASCADE
);

CREATE TABLE tags (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(50) NOT NULL UNIQUE,
  colour CHAR(7) NOT NULL DEFAULT '#808080'
);

CREATE TABLE ticket_tags (
  ticket_id BIGINT UNSIGNED NOT NULL,
  tag_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (ticket_id, tag_id),
  FOREIGN KEY (ticket_id) REFERENCES tickets (id) ON DELETE CASCADE,
  FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
);

CREATE TABLE ticket_watchers (
  ticket_id BIGINT UNSIGNED NOT NULL,
  agent_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (ticket_id, agent_id),
  FOREIGN KEY (ticket_id) REFERENCES tickets (id) ON DELETE CASCADE,
  FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE
);

CREATE TABLE ticket_events (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id BIGINT UNSIGNED NOT NULL,
  agent_id INT UNSIGNED NULL,
  field VARCHAR(40) NOT NULL,
  old_value JSON NULL,
  new_value JSON NULL,
  happened_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  INDEX idx_ticket (ticket_id, happened_at),
  FOREIGN KEY (ticket_id) REFERENCES tickets (id) ON DELETE CASCADE,
  FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE SET NULL
);

CREATE TABLE time_entries (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id BIGINT UNSIGNED NOT NULL,
  agent_id INT UNSIGNED NOT NULL,
  minutes INT NOT NULL CHECK (minutes > 0),
  hourly_rate DECIMAL(8,2) NOT NULL DEFAULT 0.00,
  amount DECIMAL(12,2) AS (ROUND(minutes * hourly_rate / 60, 2)) STORED,
  billable BOOLEAN NOT NULL DEFAULT TRUE,
  worked_on DATE NOT NULL,
  INDEX idx_agent_day (agent_id, worked_on),
  FOREIGN KEY (ticket_id) REFERENCES tickets (id) ON DELETE CASCADE,
  FOREIGN KEY (agent_id) REFERENCES agents (id)
);

CREATE TABLE satisfaction_ratings (
  ticket_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  stars TINYINT UNSIGNED NOT NULL CHECK (stars >= 1 AND stars <= 5),
  remark VARCHAR(1000) NULL,
  rated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  FOREIGN KEY (ticket_id) REFERENCES tickets (id) ON DELETE CASCADE
);

CREATE TABLE macros (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  team_id INT UNSIGNED NULL,
  title VARCHAR(120) NOT NULL,
  actions JSON NOT NULL DEFAULT JSON_ARRAY(),
  position INT NOT NULL DEFAULT 0,
  FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE
);

CREATE TABLE triggers (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  title VARCHAR(120) NOT NULL,
  conditions JSON NOT NULL,
  actions JSON NOT NULL,
  enabled BOOLEAN NOT NULL DEFAULT FALSE,
  ran BIGINT UNSIGNED NOT NULL DEFAULT 0
);

CREATE TABLE kb_categories (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  parent_id INT UNSIGNED NULL,
  name VARCHAR(120) NOT NULL,
  FOREIGN KEY (parent_id) REFERENCES kb_categories (id) ON DELETE CASCADE
);

CREATE TABLE kb_articles (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  category_id INT UNSIGNED NOT NULL,
  author_id INT UNSIGNED NULL,
  slug VARCHAR(160) NOT NULL,
  locale VARCHAR(10) NOT NULL DEFAULT 'en',
  title VARCHAR(200) NOT NULL,
  body MEDIUMTEXT NOT NULL,
  published BOOLEAN NOT NULL DEFAULT FALSE,
  views INT NOT NULL DEFAULT 0,
  published_at DATETIME NULL,
  UNIQUE INDEX uq_slug (slug, locale),
  CONSTRAINT kb_published CHECK (NOT published OR published_at IS NOT NULL),
  FOREIGN KEY (category_id) REFERENCES kb_categories (id),
  FOREIGN KEY (author_id) REFERENCES agents (id) ON DELETE SET NULL
);

CREATE TABLE kb_votes (
  article_id INT UNSIGNED NOT NULL,
  contact_id INT UNSIGNED NOT NULL,
  helpful BOOLEAN NOT NULL,
  PRIMARY KEY (article_id, contact_id),
  FOREIGN KEY (article_id) REFERENCES kb_articles (id) ON DELETE CASCADE,
  FOREIGN KEY (contact_id) REFERENCES contacts (id) ON DELETE CASCADE
);

CREATE TABLE leads (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  contact_id INT UNSIGNED NOT NULL,
  owner_id INT UNSIGNED NULL,
  source VARCHAR(40) NULL,
  stage TINYINT NOT NULL DEFAULT 0,
  probability DECIMAL(5,4) NOT NULL DEFAULT 0 CHECK (probability BETWEEN 0 AND 1),
  value DECIMAL(15,2) NULL,
  closes_on DATE NULL,
  FOREIGN KEY (contact_id) REFERENCES contacts (id) ON DELETE CASCADE,
  FOREIGN KEY (owner_id) REFERENCES agents (id) ON DELETE SET NULL
);

CREATE TABLE contracts (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id INT UNSIGNED NOT NULL,
  sla_policy_id INT UNSIGNED NOT NULL,
  reference VARCHAR(40) NOT NULL UNIQUE,
  starts_on DATE NOT NULL,
  ends_on DATE NULL,
  monthly_fee DECIMAL(10,2) NOT NULL,
  document MEDIUMBLOB NULL,
  CHECK (ends_on IS NULL OR ends_on > starts_on),
  FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON DELETE RESTRICT,
  FOREIGN KEY (sla_policy_id) REFERENCES sla_policies (id) ON DELETE RESTRICT
);

CREATE TABLE webhooks (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  url VARCHAR(1000) NOT NULL,
  secret VARBINARY(255) NULL,
  events SET('ticket.created', 'ticket.updated', 'message.created') NOT NULL,
  enabled BOOLEAN NOT NULL DEFAULT TRUE
);

CREATE TABLE webhook_deliveries (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  webhook_id INT UNSIGNED NOT NULL,
  payload JSON NOT NULL,
  response_code SMALLINT NULL,
  attempts TINYINT UNSIGNED NOT NULL DEFAULT 0,
  delivered_at DATETIME(6) NULL,
  INDEX idx_webhook (webhook_id, delivered_at),
  FOREIGN KEY (webhook_id) REFERENCES webhooks (id) ON DELETE CASCADE
);

CREATE TABLE api_tokens (
  id UUID NOT NULL DEFAULT UUID() PRIMARY KEY,
  agent_id INT UNSIGNED NOT NULL,
  digest VARBINARY(64) NOT NULL UNIQUE,
  expires_at DATETIME NOT NULL,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE
);

CREATE TABLE sessions (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  agent_id INT UNSIGNED NOT NULL,
  ip INET6 NOT NULL,
  user_agent VARCHAR(400) NULL,
  data JSON NULL,
  last_active_at DATETIME NOT NULL,
  INDEX idx_last_active (last_active_at),
  FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE
);
