-- Times are seconds since 1970 in UTC; hashes are 64-bit numbers.

-- One row a source, by its name in feeds.toml.
CREATE TABLE source (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE,
  settings      INTEGER NOT NULL DEFAULT 0, -- hash of what its entries are read with
  etag          TEXT,                       -- as the server sent it
  last_modified TEXT,                       -- as the server sent it
  body          INTEGER,                    -- hash of the document's bytes
  checked       INTEGER,                    -- last time it was asked
  succeeded     INTEGER,                    -- last time it answered well (304 included)
  changed       INTEGER,                    -- last time it gave something new
  failures      INTEGER NOT NULL DEFAULT 0, -- in a row
  error         TEXT,                       -- of the last failure; kept until the next success
  failed        INTEGER,
  entries       INTEGER NOT NULL DEFAULT 0, -- in the last document read
  skipped       INTEGER NOT NULL DEFAULT 0,
  newest        INTEGER                     -- date of its newest posting
);

-- One row a vacancy; the number is its public id.
CREATE TABLE vacancy (
  id         INTEGER PRIMARY KEY,
  first_seen INTEGER NOT NULL,
  updated    INTEGER NOT NULL,
  posted     INTEGER NOT NULL,
  closes     TEXT,                          -- last day, ISO 8601
  open       INTEGER NOT NULL,
  regions    TEXT NOT NULL,                 -- slugs, joined by spaces
  shown      INTEGER NOT NULL               -- hash of what a reader sees
);
CREATE INDEX vacancy_closes ON vacancy (closes) WHERE open AND closes IS NOT NULL;

CREATE TABLE posting (
  id          INTEGER PRIMARY KEY,
  source      INTEGER NOT NULL REFERENCES source (id),
  identity    INTEGER NOT NULL,             -- hash of what the entry is known again by
  fingerprint INTEGER NOT NULL,             -- hash of the entry and of what it was read with
  vacancy     INTEGER NOT NULL REFERENCES vacancy (id) DEFERRABLE INITIALLY DEFERRED,
  title       INTEGER NOT NULL,             -- hash of the folded title
  posted      INTEGER NOT NULL,
  first_seen  INTEGER NOT NULL,
  record      TEXT NOT NULL                 -- the posting as JSON
);
CREATE UNIQUE INDEX posting_identity ON posting (source, identity);
CREATE INDEX posting_vacancy ON posting (vacancy);

-- The keys by which postings of one vacancy find each other. What a posting's keys are follows from
-- its record; a change of that rule must fill this table anew.
CREATE TABLE posting_key (
  key     INTEGER NOT NULL,
  posting INTEGER NOT NULL,
  PRIMARY KEY (key, posting)
) WITHOUT ROWID;

-- Vacancies that changed and whose rows in `member` are not yet written; empty between passes.
CREATE TABLE unsettled (
  vacancy INTEGER PRIMARY KEY
);

-- One row a feed that ever had a vacancy, so that its address lives on when it is empty.
CREATE TABLE feed (
  id    INTEGER PRIMARY KEY,
  path  TEXT NOT NULL UNIQUE,
  dirty INTEGER NOT NULL                    -- 1: its pages are older than what it holds
);
CREATE INDEX feed_dirty ON feed (id) WHERE dirty;

-- The open vacancies of each feed, in the feeds' order.
CREATE TABLE member (
  feed    INTEGER NOT NULL,
  posted  INTEGER NOT NULL,
  vacancy INTEGER NOT NULL,
  PRIMARY KEY (feed, posted DESC, vacancy)
) WITHOUT ROWID;
CREATE INDEX member_vacancy ON member (vacancy);

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
