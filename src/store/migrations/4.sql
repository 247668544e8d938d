-- What lists led to, so that no document is asked for twice.
CREATE TABLE detail (
  source   INTEGER NOT NULL,
  row      INTEGER NOT NULL,                -- hash of what led there
  settings INTEGER NOT NULL,                -- hash of what it was read with; 0: it did not come
  found    INTEGER NOT NULL,                -- 1: a posting was there
  asked    INTEGER NOT NULL,
  PRIMARY KEY (source, row)
) WITHOUT ROWID;

-- The robots.txt of hosts, for a day.
CREATE TABLE robots (
  origin TEXT PRIMARY KEY,
  asked  INTEGER NOT NULL,
  body   BLOB NOT NULL                      -- empty if there is none
) WITHOUT ROWID;
