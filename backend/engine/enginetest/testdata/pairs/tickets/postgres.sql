-- A help desk with customer relations, as a PostgreSQL person would write it.

CREATE TYPE ticket_priority AS ENUM ('low', 'normal', 'high', 'urgent');
CREATE TYPE channel AS ENUM ('email', 'phone', 'chat', 'web', 'api');

CREATE TABLE organisations (
    id serial PRIMARY KEY,
    name varchar(200) NOT NULL,
    domain varchar(120) UNIQUE,
    website varchar(500),
    employees integer,
    annual_revenue numeric(15,2),
    is_customer boolean NOT NULL DEFAULT true,
    custom_fields jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamp(0) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX organisations_name ON organisations (name);
COMMENT ON TABLE organisations IS 'companies and other bodies';

CREATE TABLE teams (
    id serial PRIMARY KEY,
    name varchar(80) NOT NULL UNIQUE,
    email varchar(254),
    created_at timestamp(0) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE roles (
    id serial PRIMARY KEY,
    name varchar(40) NOT NULL UNIQUE,
    description varchar(255) NOT NULL DEFAULT ''
);

CREATE TABLE permissions (
    code varchar(60) PRIMARY KEY,
    description varchar(255) NOT NULL
);

CREATE TABLE role_permissions (
    role_id integer NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    permission_code varchar(60) NOT NULL REFERENCES permissions (code) ON DELETE CASCADE ON UPDATE CASCADE,
    PRIMARY KEY (role_id, permission_code)
);

CREATE TABLE agents (
    id serial PRIMARY KEY,
    uuid uuid NOT NULL UNIQUE,
    team_id integer REFERENCES teams (id) ON DELETE SET NULL,
    role_id integer NOT NULL REFERENCES roles (id),
    email varchar(254) NOT NULL UNIQUE,
    display_name varchar(120) NOT NULL,
    password_digest char(60) NOT NULL,
    locale varchar(10) NOT NULL DEFAULT 'en',
    time_zone varchar(60) NOT NULL DEFAULT 'UTC',
    avatar bytea,
    active boolean NOT NULL DEFAULT true,
    last_seen_at timestamp(0),
    last_ip inet,
    created_at timestamp(0) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp(0) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
COMMENT ON COLUMN agents.password_digest IS 'bcrypt';

CREATE TABLE agent_skills (
    agent_id integer NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    skill varchar(60) NOT NULL,
    level smallint NOT NULL DEFAULT 1 CHECK (level BETWEEN 1 AND 5),
    PRIMARY KEY (agent_id, skill)
);

CREATE TABLE contacts (
    id serial PRIMARY KEY,
    organisation_id integer REFERENCES organisations (id) ON DELETE SET NULL,
    email varchar(254),
    phone varchar(40),
    full_name varchar(160) NOT NULL,
    vip boolean NOT NULL DEFAULT false,
    locale varchar(10),
    notes text,
    score double precision NOT NULL DEFAULT 0,
    birthday date,
    created_at timestamp(0) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp(0) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT contacts_reachable CHECK (email IS NOT NULL OR phone IS NOT NULL)
);
CREATE INDEX contacts_organisation_id ON contacts (organisation_id);
CREATE UNIQUE INDEX contacts_email ON contacts (email);
CREATE INDEX contacts_full_name ON contacts (full_name);

CREATE TABLE contact_addresses (
    id serial PRIMARY KEY,
    contact_id integer NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    label varchar(30) NOT NULL DEFAULT 'home',
    lines varchar(400) NOT NULL,
    postal_code varchar(16),
    city varchar(100),
    country char(2) NOT NULL DEFAULT 'DE',
    UNIQUE (contact_id, label)
);

CREATE TABLE mailboxes (
    id serial PRIMARY KEY,
    team_id integer NOT NULL REFERENCES teams (id),
    address varchar(254) NOT NULL UNIQUE,
    imap_host varchar(255),
    imap_port integer CHECK (imap_port BETWEEN 1 AND 65535),
    use_tls boolean NOT NULL DEFAULT true,
    last_uid bigint NOT NULL DEFAULT 0
);
CREATE INDEX mailboxes_team_id ON mailboxes (team_id);

CREATE TABLE sla_policies (
    id serial PRIMARY KEY,
    name varchar(80) NOT NULL UNIQUE,
    first_response_minutes integer NOT NULL,
    resolution_minutes integer NOT NULL,
    applies_to ticket_priority NOT NULL DEFAULT 'normal',
    CONSTRAINT sla_policies_order CHECK (first_response_minutes > 0 AND resolution_minutes >= first_response_minutes)
);

CREATE TABLE business_hours (
    sla_policy_id integer NOT NULL REFERENCES sla_policies (id) ON DELETE CASCADE,
    weekday smallint NOT NULL,
    opens time(0) NOT NULL DEFAULT '09:00',
    closes time(0) NOT NULL DEFAULT '17:30',
    PRIMARY KEY (sla_policy_id, weekday),
    CHECK (weekday >= 0 AND weekday <= 6),
    CHECK (closes > opens)
);

CREATE TABLE holidays (
    day date PRIMARY KEY,
    name varchar(80) NOT NULL
);

CREATE TABLE tickets (
    id bigserial PRIMARY KEY,
    number varchar(20) NOT NULL UNIQUE,
    subject varchar(255) NOT NULL,
    contact_id integer NOT NULL REFERENCES contacts (id),
    organisation_id integer REFERENCES organisations (id) ON DELETE SET NULL,
    team_id integer REFERENCES teams (id) ON DELETE SET NULL,
    agent_id integer REFERENCES agents (id) ON DELETE SET NULL,
    mailbox_id integer REFERENCES mailboxes (id) ON DELETE SET NULL,
    sla_policy_id integer REFERENCES sla_policies (id) ON DELETE SET NULL,
    parent_id bigint REFERENCES tickets (id) ON DELETE SET NULL,
    status varchar(10) NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'open', 'pending', 'solved', 'closed')),
    priority ticket_priority NOT NULL DEFAULT 'normal',
    channel channel NOT NULL,
    custom_fields jsonb,
    is_spam boolean NOT NULL DEFAULT false,
    due_at timestamp(0),
    solved_at timestamp(0),
    created_at timestamp(0) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp(0) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    version integer NOT NULL DEFAULT 0,
    CONSTRAINT tickets_solved CHECK (solved_at IS NULL OR solved_at >= created_at)
);
CREATE INDEX tickets_contact_id ON tickets (contact_id);
CREATE INDEX tickets_organisation_id ON tickets (organisation_id);
CREATE INDEX tickets_team ON tickets (team_id, status, created_at);
CREATE INDEX tickets_agent ON tickets (agent_id, status);
CREATE INDEX tickets_mailbox_id ON tickets (mailbox_id);
CREATE INDEX tickets_sla_policy_id ON tickets (sla_policy_id);
CREATE INDEX tickets_parent_id ON tickets (parent_id);
CREATE INDEX tickets_due ON tickets (due_at) WHERE status NOT IN ('solved', 'closed');
CREATE INDEX tickets_subject ON tickets (lower(subject));
COMMENT ON COLUMN tickets.number IS 'what customers quote';

CREATE TABLE ticket_messages (
    id bigserial PRIMARY KEY,
    ticket_id bigint NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    agent_id integer REFERENCES agents (id) ON DELETE SET NULL,
    contact_id integer REFERENCES contacts (id) ON DELETE SET NULL,
    message_id varchar(255) UNIQUE,
    internal boolean NOT NULL DEFAULT false,
    body text NOT NULL,
    body_html text,
    sent_at timestamp(0) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (agent_id IS NULL OR contact_id IS NULL)
);
CREATE INDEX ticket_messages_ticket_id ON ticket_messages (ticket_id, sent_at);
CREATE INDEX ticket_messages_agent_id ON ticket_messages (agent_id);
CREATE INDEX ticket_messages_contact_id ON ticket_messages (contact_id);
CREATE INDEX ticket_messages_body ON ticket_messages USING gin (to_tsvector('simple', body));

CREATE TABLE attachments (
    id bigserial PRIMARY KEY,
    message_id bigint NOT NULL REFERENCES ticket_messages (id) ON DELETE CASCADE,
    filename varchar(255) NOT NULL,
    content_type varchar(127) NOT NULL DEFAULT 'application/octet-stream',
    size bigint NOT NULL CHECK (size >= 0),
    sha256 bytea NOT NULL,
    content bytea
);
CREATE INDEX attachments_message_id ON attachments (message_id);
CREATE INDEX attachments_sha256 ON attachments (sha256);

CREATE TABLE tags (
    id serial PRIMARY KEY,
    name varchar(50) NOT NULL UNIQUE,
    colour char(7) NOT NULL DEFAULT '#808080'
);

CREATE TABLE ticket_tags (
    ticket_id bigint NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    tag_id integer NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (ticket_id, tag_id)
);
CREATE INDEX ticket_tags_tag_id ON ticket_tags (tag_id);

CREATE TABLE ticket_watchers (
    ticket_id bigint NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    agent_id integer NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    PRIMARY KEY (ticket_id, agent_id)
);
CREATE INDEX ticket_watchers_agent_id ON ticket_watchers (agent_id);

CREATE TABLE ticket_events (
    id bigserial PRIMARY KEY,
    ticket_id bigint NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    agent_id integer REFERENCES agents (id) ON DELETE SET NULL,
    field varchar(40) NOT NULL,
    old_value jsonb,
    new_value jsonb,
    happened_at timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ticket_events_ticket_id ON ticket_events (ticket_id, happened_at);
CREATE INDEX ticket_events_agent_id ON ticket_events (agent_id);

CREATE TABLE time_entries (
    id bigserial PRIMARY KEY,
    ticket_id bigint NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    agent_id integer NOT NULL REFERENCES agents (id),
    minutes integer NOT NULL CHECK (minutes > 0),
    hourly_rate numeric(8,2) NOT NULL DEFAULT 0.00,
    amount numeric(12,2) GENERATED ALWAYS AS (round(minutes * hourly_rate / 60, 2)) STORED,
    billable boolean NOT NULL DEFAULT true,
    worked_on date NOT NULL
);
CREATE INDEX time_entries_ticket_id ON time_entries (ticket_id);
CREATE INDEX time_entries_agent_id ON time_entries (agent_id, worked_on);

CREATE TABLE satisfaction_ratings (
    ticket_id bigint PRIMARY KEY REFERENCES tickets (id) ON DELETE CASCADE,
    stars smallint NOT NULL CHECK (stars >= 1 AND stars <= 5),
    remark varchar(1000),
    rated_at timestamp(0) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE macros (
    id serial PRIMARY KEY,
    team_id integer REFERENCES teams (id) ON DELETE CASCADE,
    title varchar(120) NOT NULL,
    actions jsonb NOT NULL DEFAULT '[]'::jsonb,
    position integer NOT NULL DEFAULT 0
);
CREATE INDEX macros_team_id ON macros (team_id);

CREATE TABLE triggers (
    id serial PRIMARY KEY,
    title varchar(120) NOT NULL,
    conditions jsonb NOT NULL,
    actions jsonb NOT NULL,
    enabled boolean NOT NULL DEFAULT false,
    ran bigint NOT NULL DEFAULT 0
);

CREATE TABLE kb_categories (
    id serial PRIMARY KEY,
    parent_id integer REFERENCES kb_categories (id) ON DELETE CASCADE,
    name varchar(120) NOT NULL
);
CREATE INDEX kb_categories_parent_id ON kb_categories (parent_id);

CREATE TABLE kb_articles (
    id serial PRIMARY KEY,
    category_id integer NOT NULL REFERENCES kb_categories (id),
    author_id integer REFERENCES agents (id) ON DELETE SET NULL,
    slug varchar(160) NOT NULL,
    locale varchar(10) NOT NULL DEFAULT 'en',
    title varchar(200) NOT NULL,
    body text NOT NULL,
    published boolean NOT NULL DEFAULT false,
    views integer NOT NULL DEFAULT 0,
    published_at timestamp(0),
    CONSTRAINT kb_articles_slug UNIQUE (slug, locale),
    CONSTRAINT kb_articles_published CHECK (NOT published OR published_at IS NOT NULL)
);
CREATE INDEX kb_articles_category_id ON kb_articles (category_id);
CREATE INDEX kb_articles_author_id ON kb_articles (author_id);

CREATE TABLE kb_votes (
    article_id integer NOT NULL REFERENCES kb_articles (id) ON DELETE CASCADE,
    contact_id integer NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    helpful boolean NOT NULL,
    PRIMARY KEY (article_id, contact_id)
);
CREATE INDEX kb_votes_contact_id ON kb_votes (contact_id);

CREATE TABLE leads (
    id serial PRIMARY KEY,
    contact_id integer NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    owner_id integer REFERENCES agents (id) ON DELETE SET NULL,
    source varchar(40),
    stage smallint NOT NULL DEFAULT 0,
    probability numeric(5,4) NOT NULL DEFAULT 0 CHECK (probability BETWEEN 0 AND 1),
    value numeric(15,2),
    closes_on date
);
CREATE INDEX leads_contact_id ON leads (contact_id);
CREATE INDEX leads_owner_id ON leads (owner_id);

CREATE TABLE contracts (
    id serial PRIMARY KEY,
    organisation_id integer NOT NULL REFERENCES organisations (id) ON DELETE RESTRICT,
    sla_policy_id integer NOT NULL REFERENCES sla_policies (id) ON DELETE RESTRICT,
    reference varchar(40) NOT NULL UNIQUE,
    starts_on date NOT NULL,
    ends_on date,
    monthly_fee numeric(10,2) NOT NULL,
    document bytea,
    CHECK (ends_on IS NULL OR ends_on > starts_on)
);
CREATE INDEX contracts_organisation_id ON contracts (organisation_id);
CREATE INDEX contracts_sla_policy_id ON contracts (sla_policy_id);

CREATE TABLE webhooks (
    id serial PRIMARY KEY,
    url varchar(1000) NOT NULL,
    secret bytea,
    events varchar(400) NOT NULL DEFAULT '*',
    enabled boolean NOT NULL DEFAULT true
);

CREATE TABLE webhook_deliveries (
    id bigserial PRIMARY KEY,
    webhook_id integer NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    payload jsonb NOT NULL,
    response_code smallint,
    attempts smallint NOT NULL DEFAULT 0,
    delivered_at timestamp(6)
);
CREATE INDEX webhook_deliveries_webhook_id ON webhook_deliveries (webhook_id, delivered_at);

CREATE TABLE api_tokens (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    agent_id integer NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    digest bytea NOT NULL UNIQUE,
    expires_at timestamp(0) NOT NULL,
    created_at timestamp(0) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX api_tokens_agent_id ON api_tokens (agent_id);

CREATE TABLE sessions (
    id varchar(64) PRIMARY KEY,
    agent_id integer NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    ip inet NOT NULL,
    user_agent varchar(400),
    data jsonb,
    last_active_at timestamp(0) NOT NULL
);
CREATE INDEX sessions_agent_id ON sessions (agent_id);
CREATE INDEX sessions_last_active_at ON sessions (last_active_at);
