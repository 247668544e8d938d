-- What a source and its server asked for, so that it is asked again no sooner.
ALTER TABLE source ADD COLUMN manners TEXT NOT NULL DEFAULT '{}'; -- JSON

-- Hosts that asked all readers to leave them alone for a time.
CREATE TABLE host (
  name  TEXT PRIMARY KEY,
  until INTEGER NOT NULL
) WITHOUT ROWID;
